//! The configuration for Caddy: a Caddyfile.

use std::fmt::Write as _;

use super::{ASK_AGAIN, FOR_EVER, HEADERS, Host, PICTURE_POLICY, quoted};
use crate::output::media;

/// The Caddyfile for a host.
pub fn caddy(host: &Host<'_>) -> String {
    let Host { path, folder, .. } = host;
    let name = host.authority();
    let (scheme, note) = match host.is_https {
        true => ("", format!("写主机名，Caddy 自己申请证书、使用 HTTPS；没有公网的机器，改成 http://{name}。")),
        false => {
            ("http://", "门户的网址是 http://，不用证书；有公网的机器请改用 HTTPS：去掉下面的 http://。".to_owned())
        }
    };
    let mut text = format!(
        "# {name}{path} 的 Caddy 配置，由 mingbai host caddy 生成。网址变动（改名、合并、撤销）以后请重新生成。\n\
         # 存成 /etc/caddy/Caddyfile（或者从那里 import），用 caddy validate 检查，再用 caddy reload 生效。\n\
         # 网站文件放在 {folder}：mingbai build --compress 生成的整个文件夹。\n\
         # {note}\n\n{scheme}{name} {{\n"
    );
    if !host.redirects.is_empty() {
        text.push_str("\t# 换了地方的网址。\n");
    }
    for redirect in &host.redirects {
        _ = writeln!(text, "\tredir {} {} 301", quoted(&placed(&redirect.from)), quoted(&redirect.to));
    }
    _ = writeln!(text, "\n\troot * {}\n", quoted(folder));
    text.push_str(&headers(host));
    text.push_str(&encoding());
    text.push_str(
        "\t# 只能看，不能改。点开头的文件不给看，/.well-known/ 除外。\n\
         \t@writing not method GET HEAD\n\
         \t@hidden {\n\t\tpath */.*\n\t\tnot path /.well-known/*\n\t}\n",
    );
    let indent = if *path == "/" { "\t" } else { "\t\t" };
    let files = ["error @writing 405", "error @hidden 404", "file_server {", "\tprecompressed br gzip", "}"];
    let files: String = files.iter().map(|line| format!("{indent}{line}\n")).collect();
    if *path == "/" {
        text.push_str(&files);
    } else {
        let bare = path.trim_end_matches('/');
        _ = write!(
            text,
            "\n\t# 网站在 {path} 下面；别处的网址由这台服务器的其他配置决定，没有就是“页面不存在”。\n\
             \tredir {bare} {path} 301\n\thandle_path {path}* {{\n{files}\t}}\n\thandle {{\n\t\terror 404\n\t}}\n"
        );
    }
    text.push_str(&errors());
    text.push_str("}\n");
    text
}

/// What is sent where something is not there, or not allowed.
fn errors() -> String {
    let mut text = "\n\t# 没有的网址，都是“页面不存在”。\n\thandle_errors {\n".to_owned();
    let policy = quoted(&Host::policy());
    let own = [("Content-Security-Policy", policy.as_str()), ("Cache-Control", ASK_AGAIN), ("-Server", "")];
    let kind = quoted(media::HTML);
    for (name, value) in HEADERS.into_iter().chain(own).chain([("Content-Type", kind.as_str())]) {
        _ = writeln!(text, "{}", format!("\t\theader {name} {value}").trim_end());
    }
    text.push_str("\t\trewrite * /404.html\n\t\tfile_server\n\t}\n");
    text
}

/// Which texts are compressed on their way, unless their smaller form lies ready.
fn encoding() -> String {
    let mut text = "\t# 旁边没有放好压缩文件的，发送时压缩。\n\tencode {\n\t\tgzip\n\t\tmatch {\n".to_owned();
    for (kind, _) in media::KINDS {
        if let Some(kind) = kind.strip_suffix("; charset=utf-8") {
            _ = writeln!(text, "\t\t\theader Content-Type {kind}*");
        }
    }
    text.push_str("\t\t}\n\t}\n\n");
    text
}

/// The headers of answers, by their paths.
fn headers(host: &Host<'_>) -> String {
    let mut text = "\t# 所有应答都带的安全声明。\n\theader {\n".to_owned();
    for (name, value) in HEADERS {
        _ = writeln!(text, "\t\t{name} {value}");
    }
    _ = write!(
        text,
        "\t\t-Server\n\t}}\n\
         \t# 网页的内容安全策略：不引用别处的任何东西，不许别的网站把网页嵌进框里。\n\
         \t@pages path */ *.html\n\theader @pages Content-Security-Policy {policy}\n\
         \t@pictures path *.svg\n\theader @pictures Content-Security-Policy {picture}\n\
         \t# 名称带内容指纹的文件永远不变，浏览器可以一直留着；其他的每次问一声，没变就不重发。\n\
         \t@hashed path_regexp {for_ever}\n\t@others not path_regexp {for_ever}\n\
         \theader @hashed Cache-Control {always}\n\theader @others Cache-Control {ASK_AGAIN}\n\
         \t# 文件种类和文字编码。\n",
        policy = quoted(&Host::policy()),
        picture = quoted(PICTURE_POLICY),
        for_ever = host.for_ever(),
        always = quoted(FOR_EVER),
    );
    let own = media::KINDS.iter().filter(|(kind, _)| *kind != media::HTML).copied();
    for (n, (kind, endings)) in own.chain([(media::BINARY, &["bin"][..])]).enumerate() {
        let paths: Vec<String> = endings.iter().map(|ending| format!("*.{ending}")).collect();
        _ = writeln!(text, "\t@kind{n} path {}\n\theader @kind{n} Content-Type {}", paths.join(" "), quoted(kind));
    }
    text.push('\n');
    text
}

/// A path that is matched as it is: `*` would stand for anything.
fn placed(path: &str) -> String {
    path.replace('*', "\\*")
}
