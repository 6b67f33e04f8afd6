//! Files of a project: a set, a schema, and what `jejak show` makes of any of them.

use jejak::model::{ArticleId, Schema};
use jejak::text::Text;

/// Reads the bytes.
pub fn run(data: &[u8]) {
    let Ok(content) = std::str::from_utf8(data) else { return };
    for name in ["sets/a/000.ron", "sets/a/referents.ron", "articles.ron", "project.ron"] {
        let _ = jejak::store::show(name, content);
    }
    let key = (ArticleId::numbered(0), "a".into());
    let text = Text::new("Ratu Sari 🛬 tiba di e\u{301}lan.\nשלום");
    if let Ok((set, _)) = jejak::store::set_from_ron(&key, content, &text, &Schema::trips()) {
        // A set that was read is written, and read again as the same.
        let written = jejak::store::set_to_ron(&key, &set, &text);
        let again = jejak::store::set_from_ron(&key, &written, &text, &Schema::trips());
        assert_eq!(again.expect("what was written can be read").0, set);
    }
    if let Ok(schema) = ron::from_str::<Schema>(content) {
        let _ = schema.validate();
    }
}
