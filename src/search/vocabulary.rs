//! The terms of an index by number, so that each is kept once, however often it stands in the texts.
//!
//! Never here: what is a term (`tokens`), or what it counts for (`index`).

use super::tokens::Term;
use hashbrown::HashMap;

/// Terms, numbered from 0 in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    pairs: HashMap<[char; 2], u32>,
    words: HashMap<Box<str>, u32>,
}

impl Vocabulary {
    /// The number of a term; a new one where it is new.
    pub(super) fn number(&mut self, term: Term<'_>) -> u32 {
        // The places of a list in memory fit.
        let next = self.len() as u32;
        match term {
            Term::Pair(pair) => *self.pairs.entry(pair).or_insert(next),
            Term::Word(word) => match self.words.get(word) {
                Some(number) => *number,
                None => *self.words.entry(word.into()).or_insert(next),
            },
        }
    }

    /// How many terms there are.
    pub(super) fn len(&self) -> usize {
        self.pairs.len() + self.words.len()
    }

    /// The numbers that another vocabulary has for these terms, by their numbers here.
    pub(super) fn numbers_in(self, other: &mut Self) -> Vec<u32> {
        let mut numbers = vec![0; self.len()];
        self.pairs.into_iter().for_each(|(pair, at)| numbers[at as usize] = other.number(Term::Pair(pair)));
        self.words.into_iter().for_each(|(word, at)| numbers[at as usize] = other.number(Term::Word(&word)));
        numbers
    }

    /// The terms, by number.
    pub(super) fn into_terms(self) -> Vec<Box<str>> {
        let mut terms = vec![Box::default(); self.len()];
        self.pairs.into_iter().for_each(|(pair, at)| terms[at as usize] = pair.iter().collect::<String>().into());
        self.words.into_iter().for_each(|(word, at)| terms[at as usize] = word);
        terms
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_has_one_number_in_each_vocabulary() {
        let [mut some, mut all] = [Vocabulary::default(), Vocabulary::default()];
        assert_eq!(all.number(Term::Word("ii")), 0);
        assert_eq!([some.number(Term::Pair(['养', '老'])), some.number(Term::Word("ii"))], [0, 1]);
        assert_eq!(some.number(Term::Pair(['养', '老'])), 0);
        assert_eq!(some.numbers_in(&mut all), [1, 0]);
        assert_eq!(all.into_terms(), [Box::from("ii"), Box::from("养老")]);
    }
}
