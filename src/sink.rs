//! Where the bytes of a file go while it is made: a buffer that is handed on when it is full.
//!
//! Most files fit into it and are handed on as a whole. Of a large one, such as the open data of ten thousand items, only
//! a piece is in memory at a time. Never here: what is in a file, or what becomes of its bytes.

use std::io;

/// How full the buffer gets, in bytes, before a file that is written bit by bit is handed on.
const FULL: usize = 1 << 18;

/// Takes the bytes of one file. Writing to it never fails.
pub struct Sink<'a> {
    bytes: &'a mut Vec<u8>,
    hand_on: &'a mut dyn FnMut(&[u8]),
    handed_on: usize,
}

impl<'a> Sink<'a> {
    /// A sink that fills `bytes`, which is emptied first, and gives its contents to `hand_on` each time it is full. What
    /// is in `bytes` at the end is the rest.
    pub fn new(bytes: &'a mut Vec<u8>, hand_on: &'a mut dyn FnMut(&[u8])) -> Self {
        bytes.clear();
        Self { bytes, hand_on, handed_on: 0 }
    }

    /// The buffer, for what is written to memory at once.
    pub fn bytes(&mut self) -> &mut Vec<u8> {
        self.bytes
    }

    /// How many bytes the file has so far.
    pub fn size(&self) -> usize {
        self.handed_on + self.bytes.len()
    }

    /// The bytes of a file as a whole.
    ///
    /// # Errors
    /// That of `make`.
    pub fn whole<E>(make: impl FnOnce(&mut Sink<'_>) -> Result<(), E>) -> Result<Vec<u8>, E> {
        let (mut whole, mut rest) = (Vec::new(), Vec::new());
        make(&mut Sink::new(&mut rest, &mut |bytes| whole.extend_from_slice(bytes)))?;
        if whole.is_empty() {
            return Ok(rest);
        }
        whole.append(&mut rest);
        Ok(whole)
    }
}

impl io::Write for Sink<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.extend_from_slice(bytes);
        if self.bytes.len() >= FULL {
            (self.hand_on)(self.bytes);
            self.handed_on += self.bytes.len();
            self.bytes.clear();
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    #[test]
    fn a_large_file_comes_in_pieces_and_whole() {
        let piece = [7; 1000];
        let make = |out: &mut Sink<'_>| -> Result<(), ()> {
            (0..600).for_each(|_| out.write_all(&piece).unwrap_or_default());
            assert_eq!(out.size(), 600_000);
            Ok(())
        };
        let (mut pieces, mut rest) = (0, Vec::new());
        let mut hand_on = |bytes: &[u8]| pieces += usize::from(!bytes.is_empty());
        assert_eq!(make(&mut Sink::new(&mut rest, &mut hand_on)), Ok(()));
        assert_eq!(pieces, 2);
        assert_eq!(Sink::whole(make), Ok(vec![7; 600_000]));
    }
}
