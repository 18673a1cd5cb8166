//! The HTTP methods in use.

/// What a call does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Writes the whole of something.
    Put,
    /// Makes something; two of them make two.
    Post,
    /// Changes something.
    Patch,
    /// Removes something; the second time it is gone already.
    Delete,
}

impl Method {
    /// Every method.
    #[cfg(test)]
    pub const ALL: [Self; 5] = [Self::Get, Self::Put, Self::Delete, Self::Patch, Self::Post];

    /// The name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    /// Whether doing it twice is like doing it once, on every server.
    pub fn is_idempotent(self) -> bool {
        match self {
            Self::Get | Self::Put | Self::Delete => true,
            Self::Post | Self::Patch => false,
        }
    }
}

impl From<Method> for reqwest::Method {
    fn from(method: Method) -> Self {
        match method {
            Method::Get => Self::GET,
            Method::Put => Self::PUT,
            Method::Post => Self::POST,
            Method::Patch => Self::PATCH,
            Method::Delete => Self::DELETE,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_safety_are_those_of_the_standard() {
        for method in Method::ALL {
            let standard = reqwest::Method::from(method);
            assert_eq!(method.name(), standard.as_str());
            assert_eq!(method.is_idempotent(), standard.is_idempotent());
        }
    }
}
