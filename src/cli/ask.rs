//! Questions on a terminal: asked aside, answered in words or by number.

use std::io::{self, BufRead, IsTerminal, Write};

use crate::diagnostics::Lang;

/// What stands before the answer below a list.
const PROMPT: &str = ">";

/// Asks questions and reads the answers.
pub(crate) struct Asker<R, W> {
    input: R,
    output: W,
    lang: Lang,
}

/// An asker on the terminal; none where nobody can answer.
pub(crate) fn terminal(lang: Lang) -> Option<Asker<io::StdinLock<'static>, io::Stderr>> {
    let is_terminal = io::stdin().is_terminal() && io::stderr().is_terminal();
    is_terminal.then(|| Asker { input: io::stdin().lock(), output: io::stderr(), lang })
}

impl<R: BufRead, W: Write> Asker<R, W> {
    fn say(&mut self, text: &str) {
        // A terminal that is gone ends the answers as well.
        let _ = self.output.write_all(text.as_bytes()).and_then(|()| self.output.flush());
    }

    fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        match self.input.read_line(&mut line) {
            Ok(0) | Err(_) => None,
            Ok(_) => Some(line.trim().to_owned()),
        }
    }

    /// Asks until the answer is read; an empty one takes the proposal. Nothing when there are no more answers.
    pub(crate) fn ask<T>(
        &mut self,
        question: &str,
        proposal: Option<&str>,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Option<T> {
        loop {
            match proposal {
                Some(proposal) => self.say(&format!("{question} [{proposal}] ")),
                None => self.say(&format!("{question} ")),
            }
            let line = self.line()?;
            let answer = if line.is_empty() { proposal.unwrap_or_default() } else { &line };
            match read(answer) {
                Ok(value) => return Some(value),
                Err(why) => self.say(&format!("  {why}\n")),
            }
        }
    }

    /// Asks for a text that is not empty.
    pub(crate) fn text(&mut self, question: &str, proposal: Option<&str>) -> Option<String> {
        let empty = match self.lang {
            Lang::Zh => "要写点什么；按 Ctrl-C 就不写了",
            Lang::En => "write something; Ctrl-C ends it",
        };
        self.ask(question, proposal, |text| if text.is_empty() { Err(empty.to_owned()) } else { Ok(text.to_owned()) })
    }

    /// Asks for one of several choices, by number or by name.
    pub(crate) fn choose(&mut self, question: &str, choices: &[String]) -> Option<usize> {
        self.list(question, choices);
        let lang = self.lang;
        self.ask(PROMPT, None, |answer| chosen(answer, choices, lang))
    }

    /// Asks for one or more of several choices.
    pub(crate) fn choose_some(&mut self, question: &str, choices: &[String]) -> Option<Vec<usize>> {
        self.list(question, choices);
        let lang = self.lang;
        self.ask(PROMPT, None, |answer| {
            let parts = answer.split([',', '，', '、', ' ']).filter(|part| !part.is_empty());
            let all: Vec<usize> = parts.map(|part| chosen(part, choices, lang)).collect::<Result<_, _>>()?;
            if all.is_empty() { chosen("", choices, lang).map(|one| vec![one]) } else { Ok(all) }
        })
    }

    fn list(&mut self, question: &str, choices: &[String]) {
        let lines: String = choices.iter().zip(1..).map(|(choice, n)| format!("  {n:>2}  {choice}\n")).collect();
        self.say(&format!("{question}\n{lines}"));
    }
}

/// The place of the choice somebody typed: its number, its name, or a part that only one has.
fn chosen(answer: &str, choices: &[String], lang: Lang) -> Result<usize, String> {
    let by_number = answer.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    if let Some(at) = by_number.filter(|at| *at < choices.len()) {
        return Ok(at);
    }
    let exact = choices.iter().position(|choice| choice == answer);
    let mut parts = choices.iter().enumerate().filter(|(_, choice)| !answer.is_empty() && choice.contains(answer));
    let only = match (parts.next(), parts.next()) {
        (Some((at, _)), None) => Some(at),
        _ => None,
    };
    exact.or(only).ok_or_else(|| match lang {
        Lang::Zh => format!("写 1 到 {} 的一个数字，或者写名称", choices.len()),
        Lang::En => format!("type a number from 1 to {}, or a name", choices.len()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asker(answers: &str) -> Asker<&[u8], Vec<u8>> {
        Asker { input: answers.as_bytes(), output: Vec::new(), lang: Lang::Zh }
    }

    #[test]
    fn answers_are_numbers_names_or_parts() {
        let choices = ["市场监管局".to_owned(), "公安局".to_owned(), "财政局".to_owned()];
        for answer in ["2\n", "公安局\n", "公安\n", "9\n局\n\n2\n"] {
            assert_eq!(asker(answer).choose("哪个？", &choices), Some(1), "{answer}");
        }
        assert_eq!(asker("1，3\n").choose_some("哪些？", &choices), Some(vec![0, 2]));
        assert_eq!(asker("\n，\n3\n").choose_some("哪些？", &choices), Some(vec![2]));
        assert_eq!(asker("0\n").choose("哪个？", &choices), None);
    }

    #[test]
    fn a_proposal_is_taken_by_enter() {
        assert_eq!(asker("\n").text("短名？", Some("luo-hu")).as_deref(), Some("luo-hu"));
        assert_eq!(asker("hu\n").text("短名？", Some("luo-hu")).as_deref(), Some("hu"));
        let mut asker = asker("\n 落户 \n");
        assert_eq!(asker.text("叫什么？", None).as_deref(), Some("落户"));
        assert!(String::from_utf8(asker.output).unwrap().contains("要写点什么"));
    }
}
