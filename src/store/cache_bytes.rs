//! Numbers and texts of a cache: numbers as LEB128, texts with their length before them.

/// Bytes of a cache that is being made.
#[derive(Debug, Default)]
pub struct CacheWriter(pub Vec<u8>);

impl CacheWriter {
    /// A number.
    pub fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    /// A text.
    pub fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.extend_from_slice(text.as_bytes());
    }

    /// 0 for none, 1 + the number otherwise.
    pub fn maybe(&mut self, number: Option<u64>) {
        self.number(number.map_or(0, |number| number + 1));
    }
}

/// The bytes of a cache that are left to read.
#[derive(Debug, Clone, Copy)]
pub struct CacheReader<'a>(pub &'a [u8]);

impl<'a> CacheReader<'a> {
    /// So many bytes; none where fewer are left.
    pub fn take(&mut self, len: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(taken)
    }

    /// A number; none where there is none.
    pub fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let (&byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// A length that what is left can hold, so that a broken file asks for no memory.
    pub fn length(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok().filter(|&length| length <= self.0.len())
    }

    /// A text; none where there is none.
    pub fn text(&mut self) -> Option<&'a str> {
        let length = self.length()?;
        std::str::from_utf8(self.take(length)?).ok()
    }

    /// A number that may be absent: outer none where nothing is left.
    pub fn maybe(&mut self) -> Option<Option<u64>> {
        Some(self.number()?.checked_sub(1))
    }
}
