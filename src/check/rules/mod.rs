//! The rules, one file each.

use crate::check::Rule;

mod catch_all;
mod channel_missing;
mod code_consistency;
mod code_unique;
mod conditional_material;
mod fee_basis;
mod joint_bodies;
mod limit_exceeded;
mod material_issuer;
mod online_address;
mod repealed_law;
mod step_without_content;

/// All rules, in the order of their codes.
pub(super) static ALL: &[Rule] = &[
    channel_missing::RULE,
    online_address::RULE,
    fee_basis::RULE,
    code_consistency::RULE,
    code_unique::RULE,
    repealed_law::RULE,
    catch_all::RULE,
    material_issuer::RULE,
    conditional_material::RULE,
    step_without_content::RULE,
    joint_bodies::RULE,
    limit_exceeded::RULE,
];
