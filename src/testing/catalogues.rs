//! Compiled asset catalogues, as far as names and heads of images go.

/// A catalogue of square images: name, pixels, whether opaque.
pub fn catalogue(images: &[(&str, u32, bool)]) -> Vec<u8> {
    let mut format = b"tmfk\0\0\0\0\x02\0\0\0".to_vec();
    for attribute in [12_u32, 17] {
        format.extend(attribute.to_le_bytes());
    }
    let mut names: Vec<&str> = images.iter().map(|(name, ..)| *name).collect();
    names.dedup();
    let mut facets: Vec<(Vec<u8>, Vec<u8>)> = Vec::new();
    for (number, name) in names.iter().enumerate() {
        let mut value = vec![0, 0, 0, 0, 1, 0, 17, 0];
        value.extend((number as u16 + 7).to_le_bytes());
        facets.push((name.as_bytes().to_vec(), value));
    }
    let renditions = images.iter().map(|(name, pixels, is_opaque)| {
        let number = names
            .iter()
            .position(|one| one == name)
            .expect("it is there");
        let mut key = vec![1, 0];
        key.extend((number as u16 + 7).to_le_bytes());
        let mut value = b"ISTC\x01\0\0\0".to_vec();
        value.extend(if *is_opaque { [8, 0, 0, 0] } else { [0; 4] });
        value.extend(pixels.to_le_bytes());
        value.extend(pixels.to_le_bytes());
        value.resize(184, 0);
        (key, value)
    });
    let renditions: Vec<(Vec<u8>, Vec<u8>)> = renditions.collect();
    let mut blocks: Vec<Vec<u8>> = vec![Vec::new(), format];
    let facets = tree(&mut blocks, &facets);
    let renditions = tree(&mut blocks, &renditions);
    let named = [
        ("KEYFORMAT", 1),
        ("FACETKEYS", facets),
        ("RENDITIONS", renditions),
    ];
    store(&blocks, &named)
}

/// A tree of one leaf; gives its block's number.
fn tree(blocks: &mut Vec<Vec<u8>>, pairs: &[(Vec<u8>, Vec<u8>)]) -> u32 {
    let mut leaf = vec![0, 1];
    leaf.extend((pairs.len() as u16).to_be_bytes());
    leaf.extend([0; 8]);
    for (key, value) in pairs {
        let number = blocks.len() as u32;
        blocks.push(value.clone());
        blocks.push(key.clone());
        leaf.extend(number.to_be_bytes());
        leaf.extend((number + 1).to_be_bytes());
    }
    let number = blocks.len() as u32;
    blocks.push(leaf);
    let mut head = b"tree\0\0\0\x01".to_vec();
    head.extend(number.to_be_bytes());
    head.extend(4096_u32.to_be_bytes());
    head.extend((pairs.len() as u32).to_be_bytes());
    head.push(0);
    blocks.push(head);
    number + 1
}

/// A store of the blocks, some with a name.
fn store(blocks: &[Vec<u8>], named: &[(&str, u32)]) -> Vec<u8> {
    let mut body = vec![0; 512];
    let mut index = (blocks.len() as u32).to_be_bytes().to_vec();
    for block in blocks {
        index.extend((body.len() as u32).to_be_bytes());
        index.extend((block.len() as u32).to_be_bytes());
        body.extend(block);
    }
    let mut names = (named.len() as u32).to_be_bytes().to_vec();
    for (name, number) in named {
        names.extend(number.to_be_bytes());
        names.push(name.len() as u8);
        names.extend(name.as_bytes());
    }
    let mut head = b"BOMStore\0\0\0\x01".to_vec();
    head.extend((blocks.len() as u32).to_be_bytes());
    for (at, length) in [
        (body.len(), index.len()),
        (body.len() + index.len(), names.len()),
    ] {
        head.extend((at as u32).to_be_bytes());
        head.extend((length as u32).to_be_bytes());
    }
    body[..head.len()].copy_from_slice(&head);
    [body, index, names].concat()
}
