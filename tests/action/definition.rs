//! `action.yml`, read. What it may not hold is refused here, by name.

use std::path::Path;

use saphyr::{LoadableYamlNode as _, Yaml};

/// The whole action.
pub struct Action {
    pub inputs: Vec<Input>,
    pub outputs: Vec<Output>,
    pub steps: Vec<Step>,
    pub icon: String,
    pub color: String,
}

/// An input.
pub struct Input {
    pub name: String,
    pub description: String,
    pub default: Option<String>,
}

/// An output, with the expression of its value.
pub struct Output {
    pub name: String,
    pub description: String,
    pub value: String,
}

/// A step that runs a script; there is no other kind.
pub struct Step {
    pub id: String,
    pub condition: Option<String>,
    pub shell: String,
    pub working_directory: String,
    pub env: Vec<(String, String)>,
    pub script: String,
}

impl Action {
    /// Reads the action of this repository.
    pub fn read() -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("action.yml");
        Self::parse(&std::fs::read_to_string(path).expect("action.yml"))
    }

    fn parse(text: &str) -> Self {
        let documents = Yaml::load_from_str(text).expect("YAML");
        let root = documents.first().expect("a document");
        known(root, "name description author branding inputs outputs runs");
        let runs = part(root, "runs");
        known(runs, "using steps");
        assert_eq!(text_of(runs, "using").as_deref(), Some("composite"));
        let branding = part(root, "branding");
        Self {
            inputs: pairs(part(root, "inputs")).map(input).collect(),
            outputs: pairs(part(root, "outputs")).map(output).collect(),
            steps: part(runs, "steps")
                .as_sequence()
                .expect("a list of steps")
                .iter()
                .map(step)
                .collect(),
            icon: text_of(branding, "icon").expect("an icon"),
            color: text_of(branding, "color").expect("a colour"),
        }
    }
}

fn input((name, node): (String, &Yaml<'_>)) -> Input {
    known(node, "description default deprecationMessage");
    Input {
        name,
        description: text_of(node, "description").unwrap_or_default(),
        default: text_of(node, "default"),
    }
}

fn output((name, node): (String, &Yaml<'_>)) -> Output {
    known(node, "description value");
    Output {
        name,
        description: text_of(node, "description").unwrap_or_default(),
        value: text_of(node, "value").unwrap_or_default(),
    }
}

/// A step; a key such as `uses` is none that a step of ours may have.
fn step(node: &Yaml<'_>) -> Step {
    known(node, "name id if shell working-directory env run");
    let name = text_of(node, "name").expect("a step has a name");
    Step {
        id: text_of(node, "id").unwrap_or(name),
        condition: text_of(node, "if"),
        shell: text_of(node, "shell").expect("a step has a shell"),
        working_directory: text_of(node, "working-directory").unwrap_or_default(),
        env: pairs(part(node, "env"))
            .map(|(name, value)| (name, value.as_str().expect("text").to_owned()))
            .collect(),
        script: text_of(node, "run").expect("a step runs a script"),
    }
}

fn part<'a, 'i>(node: &'a Yaml<'i>, key: &str) -> &'a Yaml<'i> {
    node.as_mapping_get(key)
        .unwrap_or_else(|| panic!("no `{key}`"))
}

fn text_of(node: &Yaml<'_>, key: &str) -> Option<String> {
    let value = node.as_mapping_get(key)?;
    Some(
        value
            .as_str()
            .unwrap_or_else(|| panic!("`{key}` is no text"))
            .to_owned(),
    )
}

fn pairs<'a, 'i>(node: &'a Yaml<'i>) -> impl Iterator<Item = (String, &'a Yaml<'i>)> {
    node.as_mapping()
        .expect("a mapping")
        .iter()
        .map(|(key, value)| (key.as_str().expect("a name").to_owned(), value))
}

fn known(node: &Yaml<'_>, keys: &str) {
    for (key, _) in pairs(node) {
        assert!(
            keys.split(' ').any(|known| known == key),
            "`{key}` is not expected here, only {keys}"
        );
    }
}
