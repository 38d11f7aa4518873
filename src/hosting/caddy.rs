//! The configuration for Caddy: a Caddyfile.

use std::fmt::Write as _;

use super::{ASK_AGAIN, FOR_EVER, HEADERS, Host, PICTURE_POLICY, quoted};
use crate::output::media;

/// The Caddyfile for a host.
pub fn caddy(host: &Host<'_>) -> String {
    let Host { name, path, folder, .. } = host;
    let mut text = format!(
        "# {name}{path} 的 Caddy 配置，由 mingbai host caddy 生成。网址变动（改名、合并、撤销）以后请重新生成。\n\
         # 存成 /etc/caddy/Caddyfile（或者从那里 import），用 caddy validate 检查，再用 caddy reload 生效。\n\
         # 网站文件放在 {folder}：mingbai build --compress 生成的整个文件夹。\n\
         # 写主机名，Caddy 自己申请证书、使用 HTTPS；没有公网的机器，改成 http://{name}。\n\n{name} {{\n"
    );
    if !host.redirects.is_empty() {
        text.push_str("\t# 换了地方的网址。\n");
    }
    for redirect in &host.redirects {
        let old = placed(&redirect.from);
        _ = writeln!(text, "\tredir {} {} 301", quoted(&old), quoted(&redirect.to));
    }
    _ = writeln!(text, "\n\troot * {}\n", quoted(folder));
    text.push_str(&headers(host));
    let hidden = "\t# 点开头的文件不给看，/.well-known/ 除外；没有的网址都是“页面不存在”。\n\
                  \t@hidden {\n\t\tpath */.*\n\t\tnot path /.well-known/*\n\t}\n";
    let files = "file_server {\n\t\t# 旁边放好的压缩文件。\n\t\tprecompressed br gzip\n\t}\n";
    text.push_str(hidden);
    text.push_str("\terror @hidden 404\n\n");
    if *path == "/" {
        _ = write!(text, "\t{files}\t# 没有放好的，发送时压缩。\n\tencode gzip\n\n");
    } else {
        let bare = path.trim_end_matches('/');
        let files = files.replace("\n\t", "\n\t\t");
        _ = write!(
            text,
            "\t# 没有放好的压缩文件，发送时压缩。\n\tencode gzip\n\n\
             \t# 网站在 {path} 下面；别处的网址由这台服务器的其他配置决定，没有就是“页面不存在”。\n\
             \tredir {bare} {path} 301\n\thandle_path {path}* {{\n\t\t{files}\t}}\n\thandle {{\n\t\terror 404\n\t}}\n\n"
        );
    }
    _ = write!(
        text,
        "\thandle_errors {{\n\t\trewrite * /404.html\n\t\theader Content-Security-Policy {}\n\
         \t\theader Cache-Control {ASK_AGAIN}\n\t\tfile_server\n\t}}\n}}\n",
        quoted(&Host::policy())
    );
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
    for (n, (kind, endings)) in media::KINDS.iter().enumerate().filter(|(_, (kind, _))| *kind != media::HTML) {
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
