//! Habits of annotators, as `jejak agreement --all` tells them.

use super::output::{Ending, Output};
use crate::figures::{Bias, Report, Taken};
use crate::model::Name;

/// Mistakes are told from this share of a label on.
const LEAST: f64 = 0.05;

/// A label as it is told; nothing is empty.
pub(super) fn called(label: &Name) -> &str {
    if label.is_empty() { "nothing" } else { label }
}

/// Tells who uses which label more or less than the others, what is given where another label is probably true, and who guesses.
pub(super) fn tell(output: &mut Output, json: bool, report: &Report) -> Result<(), Ending> {
    for Bias { annotator, label, own, others } in report.biases() {
        let name = &report.annotators[annotator];
        if json || (own - others).abs() >= 0.5 {
            let value =
                serde_json::json!({"of": "all", "bias": &**name, "label": &*label, "own": own, "others": others});
            let words = format!("all: bias {name}: {label} {own} times, the others {others:.1}");
            output.result(json, &value, &words)?;
        }
    }
    let reliability = report.reliability();
    let taken = reliability.iter().flat_map(|reliability| report.taken(reliability, LEAST));
    for Taken { annotator, truth, given, share } in taken {
        let name = &report.annotators[annotator];
        let value = serde_json::json!({
            "of": "all", "taken": &**name, "probably": &*truth, "given": &*given, "value": share,
        });
        let (truth, given) = (called(&truth), called(&given));
        let words = format!("all: taken {name}: {given} where {truth} is probably true: {share:.3}");
        output.result(json, &value, &words)?;
    }
    match report.competence() {
        Err(why) => {
            let value = serde_json::json!({"of": "all", "competence": null, "undefined": why.to_string()});
            output.result(json, &value, &format!("all: competence: undefined, {why}"))
        }
        Ok(competence) => {
            for (name, share) in report.annotators.iter().zip(competence) {
                let value = serde_json::json!({"of": "all", "competence": &**name, "value": share});
                output.result(json, &value, &format!("all: competence {name} (MACE): {share:.3}"))?;
            }
            Ok(())
        }
    }
}
