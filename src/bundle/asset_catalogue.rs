//! A compiled asset catalogue (`Assets.car`): a store of named trees, of which the names and the heads of images are
//! read. Nothing of an image itself is unpacked.
//!
//! Layout: Apple does not publish it; <https://blog.timac.org/2018/1018-reverse-engineering-the-car-file-format/>
//! describes it. What does not fit is left out, so that a rule that would need it stays silent.

use std::collections::BTreeMap;

/// Most blocks of a tree that are visited.
const MOST_BLOCKS: usize = 4_096;
/// Most images that are kept.
const MOST_IMAGES: usize = 100_000;
/// The attribute of a key that says which name an image belongs to.
const IDENTIFIER: u16 = 17;
/// The bit of an image's flags that says that it has no transparent pixel.
const OPAQUE: u32 = 0x8;

/// What is known of a catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogue {
    /// The number of each name.
    names: BTreeMap<String, u16>,
    /// Each image, with the number of its name.
    images: Vec<(u16, Image)>,
}

/// The head of an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Image {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Whether it says that it has no transparent pixel.
    pub is_opaque: bool,
}

impl Catalogue {
    /// Whether something in it bears the name.
    pub fn has(&self, name: &str) -> bool {
        self.names.contains_key(name)
    }

    /// The images of a name.
    pub fn images(&self, name: &str) -> impl Iterator<Item = &Image> {
        let number = self.names.get(name).copied();
        let images = self.images.iter();
        images.filter_map(move |(of, image)| (Some(*of) == number).then_some(image))
    }

    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let store = Store::read(bytes)?;
        let place = store.place_of_identifier()?;
        let mut catalogue = Self::default();
        for (key, value) in store.tree("FACETKEYS")? {
            let name = std::str::from_utf8(key).ok()?;
            let name = name.trim_end_matches('\0').to_owned();
            catalogue.names.insert(name, number_of(value)?);
        }
        for (key, value) in store.tree("RENDITIONS")? {
            let (Some(number), Some(image)) = (half(key, place * 2), image(value)) else {
                continue;
            };
            catalogue.images.push((number, image));
        }
        Some(catalogue)
    }
}

/// The number that a name has among its attributes.
fn number_of(value: &[u8]) -> Option<u16> {
    let count = usize::from(half(value, 4)?);
    (0..count).find_map(|index| {
        let at = 6 + index * 4;
        (half(value, at)? == IDENTIFIER).then(|| half(value, at + 2))?
    })
}

fn image(value: &[u8]) -> Option<Image> {
    if value.get(..4)? != b"ISTC" {
        return None;
    }
    Some(Image {
        is_opaque: word(value, 8)? & OPAQUE != 0,
        width: word(value, 12)?,
        height: word(value, 16)?,
    })
}

fn half(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn big(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(
        bytes.get(at..at.checked_add(4)?)?.try_into().ok()?,
    ))
}

/// A key and its value.
type Pair<'a> = (&'a [u8], &'a [u8]);

/// A BOM store: numbered blocks, some with a name. Its own numbers are big-endian.
struct Store<'a> {
    bytes: &'a [u8],
    index: usize,
    names: BTreeMap<&'a str, u32>,
}

impl<'a> Store<'a> {
    fn read(bytes: &'a [u8]) -> Option<Self> {
        if bytes.get(..8)? != b"BOMStore" {
            return None;
        }
        let index = big(bytes, 16)? as usize;
        let mut at = big(bytes, 24)? as usize;
        let count = big(bytes, at)?.min(256);
        at += 4;
        let mut names = BTreeMap::new();
        for _ in 0..count {
            let block = big(bytes, at)?;
            let length = usize::from(*bytes.get(at + 4)?);
            let name = bytes.get(at + 5..at + 5 + length)?;
            names.insert(std::str::from_utf8(name).ok()?, block);
            at += 5 + length;
        }
        Some(Self {
            bytes,
            index,
            names,
        })
    }

    fn block(&self, number: u32) -> Option<&'a [u8]> {
        let count = big(self.bytes, self.index)?;
        if number >= count {
            return None;
        }
        let at = self
            .index
            .checked_add(4)?
            .checked_add(number as usize * 8)?;
        let start = big(self.bytes, at)? as usize;
        let length = big(self.bytes, at + 4)? as usize;
        self.bytes.get(start..start.checked_add(length)?)
    }

    /// The place of the identifier among the halves of an image's key.
    fn place_of_identifier(&self) -> Option<usize> {
        let format = self.block(*self.names.get("KEYFORMAT")?)?;
        let count = word(format, 8)?.min(64) as usize;
        (0..count).find(|index| word(format, 12 + index * 4) == Some(u32::from(IDENTIFIER)))
    }

    /// Every pair of a tree.
    fn tree(&self, name: &str) -> Option<Vec<Pair<'a>>> {
        let tree = self.block(*self.names.get(name)?)?;
        if tree.get(..4)? != b"tree" {
            return None;
        }
        let mut open = vec![big(tree, 8)?];
        let mut pairs = Vec::new();
        let mut visited = 0;
        while let Some(number) = open.pop() {
            visited += 1;
            if visited > MOST_BLOCKS || pairs.len() > MOST_IMAGES {
                return None;
            }
            let paths = self.block(number)?;
            let [_, leaf, high, low] = <[u8; 4]>::try_from(paths.get(..4)?).ok()?;
            let count = u16::from_be_bytes([high, low]);
            for index in 0..usize::from(count) {
                let at = 12 + index * 8;
                let (first, second) = (big(paths, at)?, big(paths, at + 4)?);
                if leaf == 1 {
                    pairs.push((self.block(second)?, self.block(first)?));
                } else {
                    open.push(first);
                }
            }
        }
        Some(pairs)
    }
}
