//! What to test, in each language.

use std::collections::BTreeSet;

use crate::asc::Error;
use crate::asc::beta_build_localizations::{self, Localization};
use crate::plan::Notes;
use crate::stages::Result;
use crate::stages::distribution::course::Course;
use crate::stages::distribution::diagnostics;
use crate::stages::patience::settles;

/// Writes the notes, each where it is not there already.
pub async fn write(course: &Course<'_>, notes: &[Notes]) -> Result<()> {
    if notes.is_empty() {
        return Ok(());
    }
    let look = || beta_build_localizations::of_build(course.client, course.build);
    let there = course.short.insist(settles, look).await;
    let there = there.map_err(|error| course.failed(&error, "reading the notes for testers"))?;
    for note in notes {
        let locale = note.locale.as_deref().unwrap_or(&course.app.primary_locale);
        write_one(course, &there, locale, note.text.trim()).await?;
    }
    Ok(())
}

async fn write_one(
    course: &Course<'_>,
    there: &[Localization],
    locale: &str,
    text: &str,
) -> Result<()> {
    let same = there.iter().find(|own| own.locale == locale);
    if same.is_some_and(|own| own.whats_new == text) {
        course
            .events
            .note(format!("The notes in {locale} are there already."));
        return Ok(());
    }
    let id = same.map(|own| own.id.as_str());
    let error = match put(course, id, locale, text).await {
        Ok(()) => {
            done(course, locale);
            return Ok(());
        }
        Err(error) => error,
    };
    if error.says("not listed for localization") {
        // The other languages are worth having without this one.
        for found in error.findings() {
            course.events.found(found.warned());
        }
        return Ok(());
    }
    if !refuses_characters(&error) {
        return Err(course.failed(&error, "writing the notes for testers"));
    }
    let (plain, left_out) = without_symbols(text, &named(&error));
    if left_out.is_empty() || plain.is_empty() {
        return Err(course.failed(&error, "writing the notes for testers"));
    }
    put(course, id, locale, &plain)
        .await
        .map_err(|error| course.failed(&error, "writing the notes for testers"))?;
    course
        .events
        .found(diagnostics::notes_altered(locale, &left_out));
    done(course, locale);
    Ok(())
}

fn done(course: &Course<'_>, locale: &str) {
    course
        .events
        .note(format!("The notes for testers were written in {locale}."));
}

/// Changes the notes, or adds the language. Apple makes the first one itself, and may be faster.
async fn put(
    course: &Course<'_>,
    id: Option<&str>,
    locale: &str,
    text: &str,
) -> std::result::Result<(), Error> {
    let (client, build) = (course.client, course.build);
    if let Some(id) = id {
        let act = || beta_build_localizations::change(client, id, text);
        return course.short.insist(settles, act).await;
    }
    let act = || beta_build_localizations::add(client, build, locale, text);
    let refused = match course.short.insist(settles, act).await {
        Err(error) if error.status() == Some(409) && !refuses_characters(&error) => error,
        result => return result,
    };
    let look = || beta_build_localizations::of_build(client, build);
    let there = look().await?;
    match there.iter().find(|own| own.locale == locale) {
        Some(own) => beta_build_localizations::change(client, &own.id, text).await,
        None => Err(refused),
    }
}

fn refuses_characters(error: &Error) -> bool {
    error.says("invalid characters")
        || error.says("invalid text")
        || error.has_code("ENTITY_ERROR.ATTRIBUTE.INVALID.INVALID_CHARACTERS")
}

/// The characters that a refusal names, as in `invalid characters:'[🐤]'`. What texts are made of is not left out.
fn named(error: &Error) -> Vec<char> {
    let errors = error.refusal().map(|refusal| refusal.errors.as_slice());
    let details = errors.unwrap_or_default().iter();
    let lists = details.filter_map(|error| {
        let (_, rest) = error.detail.as_deref()?.split_once("'[")?;
        Some(rest.rsplit_once("]'")?.0.to_owned())
    });
    let letters = lists.flat_map(|list| list.chars().collect::<Vec<_>>());
    letters
        .filter(|letter| !letter.is_alphanumeric() && !letter.is_whitespace() && *letter != ',')
        .collect()
}

/// The text without what App Store Connect was seen to refuse or names now, and what that was.
fn without_symbols(text: &str, named: &[char]) -> (String, String) {
    let mut left_out = BTreeSet::new();
    let kept: String = text
        .chars()
        .filter(|letter| {
            let fits = !is_symbol(*letter) && !named.contains(letter);
            if !fits {
                left_out.insert(*letter);
            }
            fits
        })
        .collect();
    let left_out = left_out.into_iter().filter(|letter| !is_joiner(*letter));
    let left_out: Vec<String> = left_out.map(String::from).collect();
    (kept.trim().to_owned(), left_out.join(" "))
}

/// Emoji and other pictures, and the brackets of markup.
fn is_symbol(letter: char) -> bool {
    is_joiner(letter)
        || matches!(letter, '<' | '>')
        || matches!(
            u32::from(letter),
            0x1_F000..=0x1_FBFF | 0x2190..=0x21FF | 0x2300..=0x23FF | 0x2460..=0x27BF | 0x2900..=0x2BFF
                | 0xE_0000..=0xF_FFFF
        )
        || letter.is_control() && letter != '\n'
}

/// What holds an emoji together and shows nothing by itself.
fn is_joiner(letter: char) -> bool {
    matches!(letter, '\u{200D}' | '\u{20E3}' | '\u{FE0E}' | '\u{FE0F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_and_brackets_are_left_out_and_letters_stay() {
        let text = "Schöne 🎉 Fehler\n👩\u{200D}💻 in <b> „日本語“ – weg 1️⃣ ✨";
        let (kept, left_out) = without_symbols(text, &[]);
        assert_eq!(kept, "Schöne  Fehler\n in b „日本語“ – weg 1");
        assert_eq!(left_out, "< > ✨ 🎉 👩 💻");
        assert_eq!(without_symbols("5 ¤", &['¤']), ("5".into(), "¤".into()));
    }
}
