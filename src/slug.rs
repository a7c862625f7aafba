//! Slugs and ids for what has a name alone.
//!
//! Lives here: a name in pinyin as an address; a stand-in where that cannot be. The same names in the same order always get
//! the same slugs. Never here: where the thing's file lies.

use crate::raw::values::is_id;
use crate::url::free_number;
use pinyin::ToPinyin as _;
use std::collections::BTreeSet;

/// The longest slug that is made, in bytes: addresses are read out and typed.
const LONGEST: usize = 48;

/// A slug for an item that nobody has; it is taken from now on. `number` is the item's, as written, or empty.
pub fn of_item(name: &str, number: &str, taken: &mut BTreeSet<String>) -> String {
    match number.parse::<u32>() {
        Ok(number) => fresh(name, &format!("item-{number:03}"), taken),
        Err(_) => fresh(name, "item", taken),
    }
}

/// A slug or id that nobody has, after a name; `stand_in` is an id for names that cannot be spelt in Latin letters.
/// It is taken from now on.
pub fn fresh(name: &str, stand_in: &str, taken: &mut BTreeSet<String>) -> String {
    let base = match sounds(name) {
        sounds if is_id(&sounds) => sounds,
        _ => stand_in.to_owned(),
    };
    let is_free = |slug: &str| is_id(slug) && !taken.contains(slug);
    let slug = match is_free(&base) {
        true => base,
        false => format!("{base}-{}", free_number(|n| !is_free(&format!("{base}-{n}")))),
    };
    taken.insert(slug.clone());
    slug
}

/// The syllables of Han characters and the words in Latin letters, joined by hyphens; empty where something else stands.
fn sounds(name: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut open = false;
    for c in name.chars() {
        if let Some(sound) = c.to_pinyin() {
            words.push(sound.plain().replace('ü', "v"));
            open = false;
        } else if c.is_ascii_alphanumeric() {
            match words.last_mut() {
                Some(word) if open => word.push(c.to_ascii_lowercase()),
                _ => words.push(c.to_ascii_lowercase().to_string()),
            }
            open = true;
        } else if c.is_alphanumeric() {
            return String::new();
        } else {
            open = false;
        }
    }
    let mut slug = String::new();
    for word in words {
        if slug.len() + word.len() + 1 > LONGEST {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(&word);
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_addresses() {
        let mut taken = BTreeSet::from(["item-007".to_owned()]);
        let mut slug = |name, number| of_item(name, number, &mut taken);
        assert_eq!(slug("寄宿生生活补助", "3"), "ji-su-sheng-sheng-huo-bu-zhu");
        assert_eq!(slug("寄宿生生活补助", "4"), "ji-su-sheng-sheng-huo-bu-zhu-2");
        assert_eq!(slug("12333 热线（Hot Line）", ""), "12333-re-xian-hot-line");
        assert_eq!(slug("ᠨᠡᠷ᠎ᠡ", "7"), "item-007-2");
        assert_eq!(slug("ᠨᠡᠷ᠎ᠡ", ""), "item");
        assert_eq!(slug("女女", ""), "nv-nv");
        assert!(slug(&"长".repeat(90), "").len() <= LONGEST);
    }
}
