//! Runs a program of the person's own: it is given lines and gives as many back, within a time and a size. Nothing that it does
//! holds anybody up for longer, and nothing that it started stays.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use crate::lang::Message;
use crate::message;
use crate::say;
use crate::store::settings::{Program, Settings};

/// The bytes of one line that a program gives, at the most.
const LONGEST: usize = 4 << 20;

/// The bytes of complaints that are kept, from their end.
const COMPLAINTS: usize = 4 << 10;

/// The characters of a complaint that are told.
const TOLD: usize = 200;

/// The wait between two looks at whether anybody still wants the result.
const LOOK: Duration = Duration::from_millis(20);

/// Gives a program these lines, and returns the line that it gave for each; none where `going` says that nobody wants it any
/// more. Its limit counts for each line.
///
/// # Errors
/// One sentence that names the program: it is not there, takes too long, says too much or too little, or ends with an error.
pub fn run(program: &Program, lines: Vec<String>, going: &dyn Fn() -> bool) -> Result<Option<Vec<String>>, Message> {
    let name = || say::visible(&program.name).into_owned();
    if !program.is_findable() {
        return Err(message!("program-relative", name = name(), program = say::visible(&program.program)));
    }
    let wanted = lines.len();
    let limit = Duration::from_secs(u64::from(program.limit()) * wanted.max(1) as u64);
    let mut child = start(program).map_err(|why| {
        message!("program-not-started", name = name(), program = say::visible(&program.program), why = say::io(&why))
    })?;
    let mut running = Running { child: &mut child, ended: false };
    let (said, complaints) = running.talk(lines);
    let until = Instant::now() + limit;
    let end = loop {
        match said.recv_timeout(LOOK) {
            Ok(end) => break end,
            Err(RecvTimeoutError::Disconnected) => break End::Whole(Vec::new()),
            Err(RecvTimeoutError::Timeout) if !going() => return Ok(None),
            Err(RecvTimeoutError::Timeout) if Instant::now() >= until => {
                return Err(message!("program-too-slow", name = name(), seconds = limit.as_secs()));
            }
            Err(RecvTimeoutError::Timeout) => {}
        }
    };
    let given = match end {
        End::Whole(given) => given,
        End::TooMuch => return Err(message!("program-too-much", name = name(), megabytes = LONGEST >> 20)),
        End::Binary => return Err(message!("program-no-text", name = name())),
    };
    let status = loop {
        match running.ended() {
            Some(status) => break status,
            None if !going() => return Ok(None),
            None if Instant::now() >= until => {
                return Err(message!("program-too-slow", name = name(), seconds = limit.as_secs()));
            }
            None => std::thread::sleep(LOOK),
        }
    };
    if !status.success() {
        let complaint = complaints.recv_timeout(LOOK * 10).unwrap_or_default();
        return Err(match (complaint.is_empty(), status.code()) {
            (false, _) => message!("program-complains", name = name(), words = complaint),
            (true, Some(code)) => message!("program-failed", name = name(), code = code),
            (true, None) => message!("program-killed", name = name()),
        });
    }
    if given.len() != wanted {
        return Err(message!("program-lines", name = name(), count = given.len(), wanted = wanted));
    }
    Ok(Some(given))
}

fn start(program: &Program) -> std::io::Result<Child> {
    let mut command = Command::new(&program.program);
    command.args(&program.arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    // It never begins in a project, where a stranger's files might be taken for its own.
    if let Some(folder) = Settings::folder().filter(|folder| folder.is_dir()) {
        command.current_dir(folder);
    }
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    #[cfg(windows)]
    {
        const NO_WINDOW: u32 = 0x0800_0000;
        std::os::windows::process::CommandExt::creation_flags(&mut command, NO_WINDOW);
    }
    command.spawn()
}

/// The end of what a program said.
enum End {
    /// Lines that are not empty.
    Whole(Vec<String>),
    TooMuch,
    Binary,
}

/// A program that runs; it is ended, with all that it started, where this is let go of.
struct Running<'a> {
    child: &'a mut Child,
    ended: bool,
}

impl Running<'_> {
    /// Gives the program its lines, and hears what it says and complains of, each on a thread: one that does not read or goes on
    /// talking holds nobody up. The threads end with the program.
    fn talk(&mut self, lines: Vec<String>) -> (Receiver<End>, Receiver<String>) {
        let count = lines.len();
        if let Some(mut into) = self.child.stdin.take() {
            std::thread::spawn(move || {
                for line in lines {
                    // One that hears no more has an answer or an error to tell.
                    if into.write_all(line.as_bytes()).and_then(|()| into.write_all(b"\n")).is_err() {
                        return;
                    }
                }
            });
        }
        let (heard, said) = channel();
        if let Some(out) = self.child.stdout.take() {
            std::thread::spawn(move || heard.send(listen(out, count)));
        }
        let (heard, complaints) = channel();
        if let Some(out) = self.child.stderr.take() {
            std::thread::spawn(move || heard.send(last_line(out)));
        }
        (said, complaints)
    }

    fn ended(&mut self) -> Option<ExitStatus> {
        let status = self.child.try_wait().ok().flatten();
        self.ended |= status.is_some();
        status
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        #[cfg(unix)]
        {
            use rustix::process::{Pid, Signal, kill_process_group};
            // Children may go on without it.
            let _ = kill_process_group(Pid::from_child(self.child), Signal::KILL);
        }
        #[cfg(windows)]
        if !self.ended {
            let tree = ["/F", "/T", "/PID", &self.child.id().to_string()].map(str::to_owned);
            let _ = Command::new("taskkill").args(tree).stdout(Stdio::null()).stderr(Stdio::null()).status();
        }
        if !self.ended {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

/// The lines that a program says, as far as one line may be long and as many as there are to be, and one more.
fn listen(out: impl Read, wanted: usize) -> End {
    let mut out = BufReader::new(out);
    let mut lines = Vec::new();
    loop {
        let mut line = Vec::new();
        match (&mut out).take(LONGEST as u64 + 1).read_until(b'\n', &mut line) {
            Ok(0) | Err(_) => return End::Whole(lines),
            Ok(_) if line.len() > LONGEST => return End::TooMuch,
            Ok(_) => {}
        }
        let Ok(line) = String::from_utf8(line) else { return End::Binary };
        if line.trim().is_empty() {
            continue;
        }
        if line.contains('\0') {
            return End::Binary;
        }
        if lines.len() > wanted {
            return End::TooMuch;
        }
        lines.push(line.trim().to_owned());
    }
}

/// The last line of complaints, shortened and made harmless; nothing is kept but their end.
fn last_line(mut out: impl Read) -> String {
    let (mut kept, mut buffer) = (Vec::new(), [0; 4096]);
    while let Ok(count @ 1..) = out.read(&mut buffer) {
        kept.extend_from_slice(&buffer[..count]);
        if kept.len() > 2 * COMPLAINTS {
            kept.drain(..kept.len() - COMPLAINTS);
        }
    }
    let text = String::from_utf8_lossy(&kept);
    let last = text.lines().rev().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    say::visible(&last.chars().take(TOLD).collect::<String>()).into_owned()
}
