//! New inputs from those that are kept: edits that proptest draws, and takes back one by one where an input fails.
//!
//! Never here: what an input is for.

use proptest::prelude::*;

/// What is done to an input. Places are parts of its length, so that an edit means something for inputs of any length.
#[derive(Debug, Clone)]
pub(super) enum Edit {
    /// Another byte.
    Turn(u16, u8),
    /// A character of any plane.
    Character(u16, char),
    /// A word of the format, so many times.
    Word(u16, usize, usize),
    /// A piece is cut out.
    Cut(u16, u16),
    /// A piece comes again, so many times.
    Again(u16, u16, usize),
    /// A line goes to another place.
    Line(u16, u16),
    /// The rest comes from another input.
    Join(u16, usize, u16),
    /// Each line is indented by so much more than the one before.
    Deepen(usize),
}

/// An input, and what is done to it.
pub(super) fn any_edits(inputs: usize, words: usize) -> impl Strategy<Value = (usize, Vec<Edit>)> {
    let at = any::<u16>;
    let times = prop_oneof![6 => 1_usize..4, 2 => 4_usize..100, 1 => 100_usize..4000];
    let edit = prop_oneof![
        3 => (at(), any::<u8>()).prop_map(|(at, byte)| Edit::Turn(at, byte)),
        3 => (at(), any::<char>()).prop_map(|(at, c)| Edit::Character(at, c)),
        6 => (at(), 0..words.max(1), times.clone()).prop_map(|(at, word, times)| Edit::Word(at, word, times)),
        3 => (at(), at()).prop_map(|(from, to)| Edit::Cut(from, to)),
        3 => (at(), at(), times).prop_map(|(from, to, times)| Edit::Again(from, to, times)),
        3 => (at(), at()).prop_map(|(from, to)| Edit::Line(from, to)),
        2 => (at(), 0..inputs, at()).prop_map(|(at, other, from)| Edit::Join(at, other, from)),
        1 => (0_usize..4).prop_map(Edit::Deepen),
    ];
    (0..inputs, prop::collection::vec(edit, 1..10))
}

/// The input that edits make.
pub(super) fn apply(
    corpus: &[(String, Vec<u8>)],
    words: &[&str],
    (input, edits): &(usize, Vec<Edit>),
    longest: usize,
) -> Vec<u8> {
    let mut bytes = corpus[*input].1.clone();
    for edit in edits {
        one(&mut bytes, corpus, words, edit, longest);
        bytes.truncate(longest);
    }
    bytes
}

fn one(bytes: &mut Vec<u8>, corpus: &[(String, Vec<u8>)], words: &[&str], edit: &Edit, longest: usize) {
    let len = bytes.len();
    let place = |at: u16| usize::from(at) * len / (usize::from(u16::MAX) + 1);
    let piece = |a: u16, b: u16| place(a.min(b))..place(a.max(b));
    match edit {
        Edit::Turn(at, byte) => {
            if let Some(there) = bytes.get_mut(place(*at)) {
                *there = *byte;
            }
        }
        Edit::Character(at, c) => insert(bytes, place(*at), c.to_string().as_bytes()),
        Edit::Word(at, word, times) => {
            let word = words.get(*word).copied().unwrap_or("\n");
            let times = (*times).min(longest / word.len().max(1));
            insert(bytes, place(*at), word.repeat(times).as_bytes());
        }
        Edit::Cut(from, to) => drop(bytes.drain(piece(*from, *to))),
        Edit::Again(from, to, times) => {
            let piece = piece(*from, *to);
            let end = piece.end;
            let again = bytes[piece].repeat((*times).min(longest / (len + 1)));
            insert(bytes, end, &again);
        }
        Edit::Line(from, to) => {
            let start = line_start(bytes, place(*from));
            let end = bytes[start..].iter().position(|b| *b == b'\n').map_or(len, |at| start + at + 1);
            let line: Vec<u8> = bytes.drain(start..end).collect();
            let to = line_start(bytes, place(*to).min(bytes.len()));
            insert(bytes, to, &line);
        }
        Edit::Join(at, other, from) => {
            let other = &corpus[*other].1;
            let from = usize::from(*from) * other.len() / (usize::from(u16::MAX) + 1);
            bytes.truncate(place(*at));
            bytes.extend_from_slice(&other[from..]);
        }
        Edit::Deepen(more) => {
            let lines: Vec<Vec<u8>> = bytes.split(|b| *b == b'\n').map(<[u8]>::to_vec).collect();
            bytes.clear();
            for (depth, line) in lines.into_iter().enumerate().take_while(|(depth, _)| depth * more < 2000) {
                bytes.extend(std::iter::repeat_n(b' ', depth * more));
                bytes.extend(line);
                bytes.push(b'\n');
            }
        }
    }
}

fn line_start(bytes: &[u8], at: usize) -> usize {
    bytes[..at].iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1)
}

fn insert(bytes: &mut Vec<u8>, at: usize, more: &[u8]) {
    bytes.splice(at..at, more.iter().copied());
}
