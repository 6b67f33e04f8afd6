//! Habits of annotators, as `jejak agreement --all` tells them.

use super::output::{Ending, Output};
use crate::figures::{Bias, Report, Taken};
use crate::model::Name;

/// Mistakes are told from this share of a label on.
const LEAST: f64 = 0.05;

/// Tells who uses which label more or less than the others, what is given where another label is probably true, and who guesses.
pub(super) fn tell(output: &mut Output, json: bool, report: &Report) -> Result<(), Ending> {
    let called = |label: &Name| if label.is_empty() { "nothing".to_owned() } else { label.to_string() };
    for Bias { annotator, label, own, others } in report.biases() {
        let name = &report.annotators[annotator];
        if json {
            let line =
                serde_json::json!({"of": "all", "bias": &**name, "label": &*label, "own": own, "others": others});
            output.json(&line)?;
            output.raw("\n")?;
        } else if (own - others).abs() >= 0.5 {
            output.line(&format!("all: bias {name}: {label} {own} times, the others {others:.1}"))?;
        }
    }
    let reliability = report.reliability();
    for Taken { annotator, truth, given, share } in
        reliability.iter().flat_map(|reliability| report.taken(reliability, LEAST))
    {
        let name = &report.annotators[annotator];
        if json {
            output.json(&serde_json::json!({
                "of": "all", "taken": &**name, "probably": &*truth, "given": &*given, "value": share,
            }))?;
            output.raw("\n")?;
        } else {
            let (truth, given) = (called(&truth), called(&given));
            output.line(&format!("all: taken {name}: {given} where {truth} is probably true: {share:.3}"))?;
        }
    }
    match report.competence() {
        Err(why) if json => {
            output.json(&serde_json::json!({"of": "all", "competence": null, "undefined": why.to_string()}))?;
            output.raw("\n")
        }
        Err(why) => output.line(&format!("all: competence: undefined, {why}")),
        Ok(competence) => {
            for (name, share) in report.annotators.iter().zip(competence) {
                if json {
                    output.json(&serde_json::json!({"of": "all", "competence": &**name, "value": share}))?;
                    output.raw("\n")?;
                } else {
                    output.line(&format!("all: competence {name} (MACE): {share:.3}"))?;
                }
            }
            Ok(())
        }
    }
}
