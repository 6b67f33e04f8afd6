//! The default schema `assets/schemas/trips.ron`.

use std::collections::HashSet;

use jejak::model::{AttributeDef, AttributeKind, Color, Kind, Schema, Titles};

/// The default schema as its file says it.
pub fn trips() -> Schema {
    ron::from_str(&crate::read("assets/schemas/trips.ron")).unwrap()
}

#[test]
fn it_is_whole_in_two_languages() {
    let schema = trips();
    schema.validate().unwrap();
    let both = |what: &str, text: &Titles| {
        let (en, id) = (text.get("en"), text.get("id"));
        assert!(!en.is_empty() && !id.is_empty(), "{what} lacks a language");
    };
    let sentence = |what: &str, guide: &Titles| {
        both(what, guide);
        for language in ["en", "id"] {
            let text = guide.get(language);
            assert!(text.ends_with('.') && text.split_whitespace().count() >= 2, "{what}: \"{text}\" is no sentence");
        }
        assert_ne!(guide.get("en"), guide.get("id"), "{what} is not translated");
    };
    let attribute = |label: &str, attribute: &AttributeDef| {
        let what = format!("{label}.{}", attribute.name);
        both(&what, &attribute.title);
        sentence(&what, &attribute.guide);
        if let AttributeKind::Choice(choices) = &attribute.kind {
            for choice in choices {
                both(&choice.name, &choice.title);
                sentence(&format!("{what}={}", choice.name), &choice.guide);
            }
        }
    };
    for label in &schema.labels {
        both(&label.name, &label.title);
        sentence(&label.name, &label.guide);
        label.attributes.iter().for_each(|def| attribute(&label.name, def));
        for role in &label.roles {
            let what = format!("{}.{}", label.name, role.name);
            both(&what, &role.title);
            sentence(&what, &role.guide);
        }
    }
}

#[test]
fn no_key_means_two_things() {
    let schema = trips();
    let labels: HashSet<char> = schema.labels.iter().map(|label| label.key.unwrap()).collect();
    assert_eq!(labels.len(), schema.labels.len());
    // Small e and r edit and repeat; capitals are kept for roles.
    assert!(labels.iter().all(|key| key.is_ascii_lowercase() && !"er".contains(*key)), "{labels:?}");
    for label in &schema.labels {
        let roles: HashSet<char> = label.roles.iter().map(|role| role.key.unwrap()).collect();
        assert_eq!(roles.len(), label.roles.len(), "{}", label.name);
        assert!(roles.iter().all(|key| key.is_ascii_uppercase() && *key != 'R'), "{roles:?}");
    }
}

#[test]
fn labels_are_told_apart_without_colour_vision() {
    let schema = trips();
    let light = Color([255, 255, 255]);
    let dark = Color([27, 27, 27]);
    for label in &schema.labels {
        for (color, ground) in [(label.colors.light, light), (label.colors.dark, dark)] {
            let contrast = contrast(color, ground);
            assert!(contrast >= 3.0, "{} has contrast {contrast:.1} on {ground:?}", label.name);
        }
    }
    let pairs =
        schema.labels.iter().enumerate().flat_map(|(i, one)| schema.labels[..i].iter().map(move |two| (one, two)));
    for (one, two) in pairs.filter(|(one, two)| one.pattern == two.pattern) {
        // Zones are dimmed text, all in one grey, and never mistaken for a bar; among them the pattern decides.
        assert_ne!((one.kind, two.kind), (Kind::Zone, Kind::Zone), "{} and {}", one.name, two.name);
        if one.kind == Kind::Zone || two.kind == Kind::Zone {
            continue;
        }
        for (x, y) in [(one.colors.light, two.colors.light), (one.colors.dark, two.colors.dark)] {
            for (name, vision) in VISIONS {
                let apart = difference(seen(x, vision), seen(y, vision));
                assert!(apart >= 15.0, "{} and {} differ by {apart:.0} to a {name} reader", one.name, two.name);
            }
        }
    }
}

/// Linear RGB as readers without one kind of cone see it: Machado, Oliveira and Fernandes (2009), severity 1.
const VISIONS: [(&str, [[f64; 3]; 3]); 4] = [
    ("usual", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protanopic",
        [[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]],
    ),
    (
        "deuteranopic",
        [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]],
    ),
    (
        "tritanopic",
        [[1.255_528, -0.076_749, -0.178_779], [-0.078_411, 0.930_809, 0.147_602], [0.004_733, 0.691_367, 0.303_900]],
    ),
];

/// sRGB to linear light, IEC 61966-2-1.
fn linear(Color(color): Color) -> [f64; 3] {
    color.map(|channel| {
        let c = f64::from(channel) / 255.0;
        if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    })
}

fn seen(color: Color, vision: [[f64; 3]; 3]) -> [f64; 3] {
    times(vision, linear(color)).map(|c| c.clamp(0.0, 1.0))
}

fn times(matrix: [[f64; 3]; 3], v: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row.iter().zip(v).map(|(a, b)| a * b).sum())
}

/// Contrast ratio of WCAG 2.
fn contrast(one: Color, two: Color) -> f64 {
    let luminance =
        |color| linear(color).iter().zip([0.2126, 0.7152, 0.0722]).map(|(c, weight)| c * weight).sum::<f64>();
    let (one, two) = (luminance(one), luminance(two));
    (one.max(two) + 0.05) / (one.min(two) + 0.05)
}

/// CIE 1976 colour difference of two linear colours.
fn difference(one: [f64; 3], two: [f64; 3]) -> f64 {
    let lab = |rgb| {
        let xyz = times([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]], rgb);
        let f = |t: f64| if t > 0.008_856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 };
        let (x, y, z) = (f(xyz[0] / 0.9505), f(xyz[1]), f(xyz[2] / 1.089));
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    };
    lab(one).iter().zip(lab(two)).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
}
