//! Certificates as Apple issues them, the same bytes each time; the signature in them is worth nothing.

use super::der::{element, integer, object, octets, sequence, set, tagged, utf8};

/// The arc of Apple's extensions.
const APPLE: &str = "1.2.840.113635.100.6";

/// What a certificate is made of.
#[derive(Clone, Debug)]
pub struct Certificate {
    /// The subject's common name.
    pub common_name: String,
    /// The subject's organisational unit: the team.
    pub team: String,
    /// The serial number, which also makes the key another one.
    pub serial: u8,
    /// UTCTime.
    pub not_before: &'static str,
    /// UTCTime.
    pub not_after: &'static str,
    /// The last arcs of Apple's extensions in it, such as `1.4`.
    pub marks: Vec<&'static str>,
    /// The issuer's common name.
    pub issuer: &'static str,
}

/// `Apple Distribution: Example Ltd (TEAM)`, good until the end of 2027.
pub fn distribution(team: &str) -> Certificate {
    Certificate {
        common_name: format!("Apple Distribution: Example Ltd ({team})"),
        team: team.to_owned(),
        serial: 1,
        not_before: "260101000000Z",
        not_after: "271231000000Z",
        marks: vec!["1.4", "1.7"],
        issuer: "Apple Worldwide Developer Relations Certification Authority",
    }
}

/// `Apple Development: Ada Example (TEAM)`.
pub fn development(team: &str) -> Certificate {
    Certificate {
        common_name: format!("Apple Development: Ada Example ({team})"),
        serial: 2,
        marks: vec!["1.2", "1.12"],
        ..distribution(team)
    }
}

/// The authority between Apple's root and the others.
pub fn developer_relations() -> Certificate {
    Certificate {
        common_name: "Apple Worldwide Developer Relations Certification Authority".to_owned(),
        team: "G3".to_owned(),
        serial: 3,
        not_before: "200219000000Z",
        not_after: "300220000000Z",
        marks: vec!["2.1"],
        issuer: "Apple Root CA",
    }
}

/// Apple's root.
pub fn root() -> Certificate {
    Certificate {
        common_name: "Apple Root CA".to_owned(),
        team: "Apple Certification Authority".to_owned(),
        serial: 4,
        not_before: "060425000000Z",
        not_after: "350209000000Z",
        marks: Vec::new(),
        issuer: "Apple Root CA",
    }
}

impl Certificate {
    /// It in DER.
    pub fn der(&self) -> Vec<u8> {
        let algorithm = sequence(&[object("1.2.840.113549.1.1.11"), element(5, &[])]);
        let key = [&[0, 4, self.serial], self.common_name.as_bytes()].concat();
        let extensions: Vec<Vec<u8>> = self
            .marks
            .iter()
            .map(|mark| {
                sequence(&[
                    object(&format!("{APPLE}.{mark}")),
                    element(1, &[0xff]),
                    octets(&element(5, &[])),
                ])
            })
            .collect();
        let body = sequence(&[
            tagged(0, &[integer(2)]),
            integer(self.serial),
            algorithm.clone(),
            self.issuer_name(),
            sequence(&[
                element(0x17, self.not_before.as_bytes()),
                element(0x17, self.not_after.as_bytes()),
            ]),
            name(&[
                ("2.5.4.3", &self.common_name),
                ("2.5.4.11", &self.team),
                ("2.5.4.10", "Example Ltd"),
                ("2.5.4.6", "AT"),
            ]),
            sequence(&[
                sequence(&[object("1.2.840.10045.2.1"), object("1.2.840.10045.3.1.7")]),
                element(3, &key),
            ]),
            tagged(3, &[sequence(&extensions)]),
        ]);
        sequence(&[body, algorithm, element(3, &[0, 1, 2, 3])])
    }

    /// The issuer's name in DER.
    pub fn issuer_name(&self) -> Vec<u8> {
        name(&[("2.5.4.3", self.issuer), ("2.5.4.10", "Apple Inc.")])
    }
}

fn name(parts: &[(&str, &str)]) -> Vec<u8> {
    let parts: Vec<Vec<u8>> = parts
        .iter()
        .map(|(kind, value)| set(&[sequence(&[object(kind), utf8(value)])]))
        .collect();
    sequence(&parts)
}
