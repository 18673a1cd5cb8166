//! DER, written.

/// A tag, a length and a value.
pub fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut bytes = vec![tag];
    let length = content.len();
    if length < 0x80 {
        bytes.push(length as u8);
    } else {
        let digits: Vec<u8> = (length as u32)
            .to_be_bytes()
            .into_iter()
            .skip_while(|digit| *digit == 0)
            .collect();
        bytes.push(0x80 | digits.len() as u8);
        bytes.extend(digits);
    }
    bytes.extend_from_slice(content);
    bytes
}

/// The same with an indefinite length, as Apple's `codesign` writes what is made of elements.
pub fn indefinite(tag: u8, content: &[u8]) -> Vec<u8> {
    [&[tag, 0x80], content, &[0, 0]].concat()
}

/// A SEQUENCE.
pub fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    element(0x30, &parts.concat())
}

/// A SET.
pub fn set(parts: &[Vec<u8>]) -> Vec<u8> {
    element(0x31, &parts.concat())
}

/// `[number]`, of elements.
pub fn tagged(number: u8, parts: &[Vec<u8>]) -> Vec<u8> {
    element(0xa0 | number, &parts.concat())
}

/// A small INTEGER.
pub fn integer(number: u8) -> Vec<u8> {
    element(2, &[number])
}

/// An OCTET STRING.
pub fn octets(content: &[u8]) -> Vec<u8> {
    element(4, content)
}

/// A UTF8String.
pub fn utf8(text: &str) -> Vec<u8> {
    element(0x0c, text.as_bytes())
}

/// An OBJECT IDENTIFIER such as `2.5.4.3`.
pub fn object(text: &str) -> Vec<u8> {
    let arcs: Vec<u32> = text
        .split('.')
        .map(|arc| arc.parse().expect("an arc is a number"))
        .collect();
    let mut content = vec![(arcs[0] * 40 + arcs[1]) as u8];
    for arc in &arcs[2..] {
        let mut digits = vec![(arc & 0x7f) as u8];
        let mut rest = arc >> 7;
        while rest > 0 {
            digits.push(0x80 | (rest & 0x7f) as u8);
            rest >>= 7;
        }
        digits.reverse();
        content.extend(digits);
    }
    element(6, &content)
}
