//! The language in which the tool speaks to whoever runs it.
//!
//! Lives here: the choice between Chinese and English. Never here: the languages of a site; they have nothing to do with it.

use crate::diag::Message;
use clap::ValueEnum;

/// A language of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MessageLang {
    /// Simplified Chinese.
    Zh,
    /// English.
    En,
}

impl MessageLang {
    /// The language the locale asks for: Chinese for every `zh`, else English.
    ///
    /// `LC_ALL`, `LC_MESSAGES` and `LANG` decide, the first that is set; without any, the system's own settings do.
    pub fn of_locale() -> Self {
        Self::from_locale(|name| std::env::var(name).ok(), sys_locale::get_locale)
    }

    fn from_locale(variable: impl Fn(&str) -> Option<String>, system: impl Fn() -> Option<String>) -> Self {
        let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(variable).find(|value| !value.is_empty());
        let tag = set.or_else(system).unwrap_or_default();
        let language = tag.split(['-', '_', '.', '@']).next().unwrap_or_default();
        if language.eq_ignore_ascii_case("zh") { Self::Zh } else { Self::En }
    }

    /// The wording in this language.
    pub fn pick(self, message: &Message) -> &str {
        match self {
            Self::Zh => &message.zh,
            Self::En => &message.en,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lang(variables: &[(&str, &str)], system: Option<&str>) -> MessageLang {
        let variable = |name: &str| variables.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned());
        MessageLang::from_locale(variable, || system.map(str::to_owned))
    }

    #[test]
    fn the_first_variable_that_is_set_decides() {
        assert_eq!(lang(&[("LANG", "zh_CN.UTF-8")], None), MessageLang::Zh);
        assert_eq!(lang(&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "C")], None), MessageLang::En);
        assert_eq!(lang(&[("LANG", "en_GB"), ("LC_MESSAGES", "zh_TW")], None), MessageLang::Zh);
        assert_eq!(lang(&[("LC_ALL", ""), ("LANG", "zh")], None), MessageLang::Zh);
        assert_eq!(lang(&[("LANG", "mn_CN")], Some("zh-Hans-CN")), MessageLang::En);
    }

    #[test]
    fn without_variables_the_system_is_asked() {
        assert_eq!(lang(&[], Some("zh-Hans-CN")), MessageLang::Zh);
        assert_eq!(lang(&[], Some("zha")), MessageLang::En);
        assert_eq!(lang(&[], None), MessageLang::En);
    }
}
