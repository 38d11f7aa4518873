//! The rules, one file each.
//!
//! MT02 (a material has a name, a kind, a number, a source and a necessity) is
//! held while reading: YM06, YM10, RF06.

use crate::check::Rule;

mod address;
mod banned_proof;
mod bundle_alone;
mod bundle_blocks;
mod bundle_closed;
mod bundle_order;
mod bundle_promise;
mod bundle_replaces;
mod bundle_twice;
mod case_ids;
mod case_limits;
mod case_never;
mod case_order;
mod case_vain;
mod cases_many;
mod catch_all;
mod channel_missing;
mod circular_proof;
mod clause_quote;
mod code_consistency;
mod code_unique;
mod condition_paper;
mod conditional_material;
mod copies_mismatch;
mod elements;
mod fee_basis;
mod fee_in_text;
mod fee_permit;
mod form_missing;
mod future_day;
mod joint_bodies;
mod law_titles;
mod limit_exceeded;
mod limit_statutory;
mod limit_steps;
mod limit_type;
mod long_sentence;
mod material_issuer;
mod material_names;
mod material_twice;
mod office_contacts;
mod online_address;
mod overdue;
mod personal;
mod phone_in_text;
mod phones;
mod placeholder;
mod presence;
mod proof_basis;
mod remedies;
mod repealed_law;
mod result_sample;
mod result_validity;
mod security_expired;
mod setting_basis;
mod special_counted;
mod stale_version;
mod step_without_content;
mod vague;
mod vague_basis;
mod visit_reason;

pub use limit_steps::{Over, steps_over_promise};

/// All rules, in the order of their codes.
pub(super) static ALL: &[Rule] = &[
    bundle_closed::RULE,
    bundle_twice::RULE,
    bundle_order::RULE,
    bundle_promise::RULE,
    bundle_replaces::RULE,
    bundle_alone::RULE,
    bundle_blocks::RULE,
    condition_paper::RULE,
    presence::RULE,
    channel_missing::RULE,
    visit_reason::RULE,
    online_address::RULE,
    phone_in_text::RULE,
    phone_in_text::OTHERS,
    phones::RULE,
    address::RULE,
    material_names::RULE,
    office_contacts::RULE,
    law_titles::RULE,
    law_titles::ITEMS,
    law_titles::OTHERS,
    result_validity::RULE,
    fee_basis::RULE,
    fee_in_text::RULE,
    fee_permit::RULE,
    fee_permit::OTHERS,
    code_consistency::RULE,
    code_unique::RULE,
    vague_basis::RULE,
    vague_basis::OTHERS,
    repealed_law::RULE,
    repealed_law::OTHERS,
    stale_version::RULE,
    stale_version::OTHERS,
    clause_quote::RULE,
    setting_basis::RULE,
    catch_all::RULE,
    catch_all::SHARED,
    material_issuer::RULE,
    material_issuer::SHARED,
    form_missing::RULE,
    proof_basis::RULE,
    banned_proof::RULE,
    circular_proof::RULE,
    material_twice::RULE,
    conditional_material::RULE,
    copies_mismatch::RULE,
    placeholder::RULE,
    placeholder::OTHERS,
    overdue::RULE,
    personal::RULE,
    security_expired::RULE,
    future_day::RULE,
    elements::RULE,
    personal::OTHERS,
    future_day::OTHERS,
    remedies::RULE,
    remedies::OTHERS,
    result_sample::RULE,
    case_limits::RULE,
    case_never::RULE,
    case_order::RULE,
    case_vain::RULE,
    cases_many::RULE,
    case_ids::RULE,
    step_without_content::RULE,
    joint_bodies::RULE,
    limit_exceeded::RULE,
    limit_type::RULE,
    limit_steps::RULE,
    limit_statutory::RULE,
    special_counted::RULE,
    vague::RULE,
    vague::OTHERS,
    long_sentence::RULE,
    long_sentence::OTHERS,
];
