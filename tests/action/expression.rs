//! The runner's expressions, as far as `action.yml` uses them; anything else panics. Rules:
//! <https://docs.github.com/actions/reference/workflows-and-actions/expressions>

use std::collections::BTreeMap;

/// What an expression can see: `inputs.path`, `steps.install.outputs.binary`, `github.token`.
pub type Context = BTreeMap<String, String>;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Value {
    Text(String),
    Truth(bool),
}

impl Value {
    fn is_true(&self) -> bool {
        match self {
            Self::Text(text) => !text.is_empty(),
            Self::Truth(truth) => *truth,
        }
    }

    fn into_text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Truth(truth) => truth.to_string(),
        }
    }
}

/// Text with `${{ … }}` in it, filled in.
pub fn fill(template: &str, context: &Context) -> String {
    let mut filled = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("${{") {
        let (expression, after) = after.split_once("}}").expect("an expression ends");
        filled.push_str(before);
        filled.push_str(&evaluate(expression, context).into_text());
        rest = after;
    }
    filled + rest
}

/// Whether a step runs. Without a condition it does as long as nothing has failed.
pub fn holds(condition: Option<&str>, succeeding: bool) -> bool {
    match condition {
        None | Some("success()") => succeeding,
        Some("always()") => true,
        Some("failure()") => !succeeding,
        Some(other) => panic!("the condition `{other}` is not known here"),
    }
}

fn evaluate(expression: &str, context: &Context) -> Value {
    let mut parser = Parser {
        rest: expression.trim(),
        context,
    };
    let value = parser.either();
    assert!(parser.rest.is_empty(), "left over: `{}`", parser.rest);
    value
}

struct Parser<'a> {
    rest: &'a str,
    context: &'a Context,
}

impl<'a> Parser<'a> {
    fn take(&mut self, mark: &str) -> bool {
        let Some(rest) = self.rest.strip_prefix(mark) else {
            return false;
        };
        self.rest = rest.trim_start();
        true
    }

    fn either(&mut self) -> Value {
        let mut value = self.both();
        while self.take("||") {
            let other = self.both();
            if !value.is_true() {
                value = other;
            }
        }
        value
    }

    fn both(&mut self) -> Value {
        let mut value = self.equal();
        while self.take("&&") {
            let other = self.equal();
            if value.is_true() {
                value = other;
            }
        }
        value
    }

    fn equal(&mut self) -> Value {
        let value = self.one();
        if !self.take("==") {
            return value;
        }
        match (value, self.one()) {
            (Value::Text(one), Value::Text(other)) => {
                Value::Truth(one.to_lowercase() == other.to_lowercase())
            }
            (one, other) => panic!("{one:?} == {other:?}: only texts are compared here"),
        }
    }

    fn one(&mut self) -> Value {
        if self.take("(") {
            let value = self.either();
            assert!(self.take(")"), "no `)` before `{}`", self.rest);
            return value;
        }
        if let Some(rest) = self.rest.strip_prefix('\'') {
            let (text, rest) = rest.split_once('\'').expect("a text ends");
            assert!(!rest.starts_with('\''), "no quotes within quotes here");
            self.rest = rest.trim_start();
            return Value::Text(text.to_owned());
        }
        self.named()
    }

    fn named(&mut self) -> Value {
        let end = self
            .rest
            .find(|char: char| !(char.is_ascii_alphanumeric() || "-_.".contains(char)))
            .unwrap_or(self.rest.len());
        let (name, rest): (&'a str, &'a str) = self.rest.split_at(end);
        assert!(
            ["inputs.", "steps.", "github."]
                .iter()
                .any(|context| name.starts_with(context)),
            "`{name}` of `{}` is not known here",
            self.rest
        );
        self.rest = rest.trim_start();
        Value::Text(self.context.get(name).cloned().unwrap_or_default())
    }
}

#[test]
fn expressions_choose_the_first_text_that_is_not_empty() {
    let context = Context::from([
        ("inputs.a".to_owned(), String::new()),
        ("inputs.b".to_owned(), "False".to_owned()),
    ]);
    let filled = |text| fill(text, &context);
    assert_eq!(filled("${{ inputs.a || inputs.b }}!"), "False!");
    assert_eq!(filled("${{ inputs.a }}"), "");
    assert_eq!(
        filled("${{ inputs.a || (inputs.b == 'false' && 'none') || '' }}"),
        "none"
    );
    assert_eq!(
        filled("${{ inputs.a || (inputs.a == 'false' && 'none') || '' }}"),
        ""
    );
}

#[test]
#[should_panic(expected = "is not known here")]
fn an_expression_that_is_not_known_is_no_silent_nothing() {
    fill("${{ secrets.key }}", &Context::new());
}
