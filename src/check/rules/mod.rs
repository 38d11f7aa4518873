//! The rules, one file each.
//!
//! MT02 (a material has a name, a kind, a number, a source and a necessity) is
//! held while reading: YM06, YM10, RF06.

use crate::check::Rule;

mod banned_proof;
mod catch_all;
mod channel_missing;
mod circular_proof;
mod code_consistency;
mod code_unique;
mod condition_paper;
mod conditional_material;
mod copies_mismatch;
mod fee_basis;
mod form_missing;
mod joint_bodies;
mod law_titles;
mod limit_exceeded;
mod material_issuer;
mod material_names;
mod material_twice;
mod office_contacts;
mod online_address;
mod placeholder;
mod presence;
mod proof_basis;
mod repealed_law;
mod result_validity;
mod step_without_content;

/// All rules, in the order of their codes.
pub(super) static ALL: &[Rule] = &[
    condition_paper::RULE,
    presence::RULE,
    channel_missing::RULE,
    online_address::RULE,
    material_names::RULE,
    office_contacts::RULE,
    law_titles::RULE,
    law_titles::ITEMS,
    law_titles::OTHERS,
    result_validity::RULE,
    fee_basis::RULE,
    code_consistency::RULE,
    code_unique::RULE,
    repealed_law::RULE,
    catch_all::RULE,
    catch_all::SHARED,
    material_issuer::RULE,
    form_missing::RULE,
    proof_basis::RULE,
    banned_proof::RULE,
    circular_proof::RULE,
    material_twice::RULE,
    conditional_material::RULE,
    copies_mismatch::RULE,
    placeholder::RULE,
    placeholder::OTHERS,
    step_without_content::RULE,
    joint_bodies::RULE,
    limit_exceeded::RULE,
];
