//! The configuration for nginx, a file of its own inside `http`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{ASK_AGAIN, FOR_EVER, HEADERS, Host, PICTURE_POLICY, escaped, quoted};
use crate::output::media;

/// The configuration of nginx for a host.
pub fn nginx(host: &Host<'_>) -> String {
    // Variables are the server's, not the file's: two portals must not share them.
    let own: String = format!("{}{}", host.name, host.path)
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' })
        .collect();
    let own = own.trim_end_matches('_');
    let mut text = head(host, own);
    _ = write!(
        text,
        "server {{\n    listen {port};\n    listen [::]:{port};\n    server_name {name};\n\n{https}",
        // Until there is a certificate, a site that is to be safe is served as others are.
        port = host.port.filter(|_| !host.is_https).unwrap_or("80"),
        name = host.name,
        https = https(host)
    );
    if host.path == "/" {
        _ = write!(text, "    location / {{\n        root {};\n", quoted(host.folder));
    } else {
        let bare = host.path.trim_end_matches('/');
        _ = write!(
            text,
            "    # 网站在 {path} 下面。这台服务器已经有 server 块的，把下面两个 location 移到那个块里。\n    \
             absolute_redirect off;\n    location = {bare} {{ return 301 {path}; }}\n    location ^~ {path} {{\n        alias {folder};\n",
            path = host.path,
            folder = quoted(&format!("{}/", host.folder)),
        );
    }
    for line in inside(host, own).lines() {
        _ = match line {
            "" => writeln!(text),
            line => writeln!(text, "        {line}"),
        };
    }
    text.push_str("    }\n}\n");
    text
}

/// What stands before the server: who made this, and the values that depend on the answer.
fn head(host: &Host<'_>, own: &str) -> String {
    format!(
        "# {name}{path} 的 nginx 配置，由 mingbai host nginx 生成。网址变动（改名、合并、撤销）以后请重新生成。\n\
         # 放到 /etc/nginx/conf.d/ 里，用 nginx -t 检查，再用 nginx -s reload 生效。\n\
         # 网站文件放在 {folder}：mingbai build --compress 生成的整个文件夹。\n\n\
         # 名称带内容指纹的文件永远不变，浏览器可以一直留着；其他的每次问一声，没变就不重发。\n\
         map $uri $mingbai_cache_{own} {{\n    default {ASK_AGAIN};\n    {for_ever} {for_ever_cache};\n}}\n\n\
         # 网页的内容安全策略：不引用别处的任何东西，不许别的网站把网页嵌进框里。\n\
         map $sent_http_content_type $mingbai_policy_{own} {{\n    default \"\";\n    ~^text/html {policy};\n    \
         ~^image/svg {picture};\n}}\n\n",
        name = host.authority(),
        path = host.path,
        folder = host.folder,
        for_ever = quoted(&format!("~{}", host.for_ever())),
        for_ever_cache = quoted(FOR_EVER),
        policy = quoted(&Host::policy()),
        picture = quoted(PICTURE_POLICY),
    )
}

/// How to turn HTTPS on, to be uncommented.
fn https(host: &Host<'_>) -> String {
    let name = host.name;
    let port = host.port.filter(|_| host.is_https);
    let (listen, behind) = (port.unwrap_or("443"), port.map(|port| format!(":{port}")).unwrap_or_default());
    format!(
        "    # 有了证书以后用 HTTPS：去掉下面各行的 #，改成证书的位置，删掉上面两行 listen。\n    \
         # listen {listen} ssl http2;\n    # listen [::]:{listen} ssl http2;\n    \
         # ssl_certificate     /etc/ssl/{name}.pem;\n    # ssl_certificate_key /etc/ssl/{name}.key;\n    \
         # 再另写一个 server 块，把 http 转到 https：\n    \
         #   server {{ listen 80; listen [::]:80; server_name {name}; return 301 https://$host{behind}$request_uri; }}\n    \
         # 确认一切正常以后，在 location 里加一行（一年之内浏览器只用 HTTPS）：\n    \
         #   add_header Strict-Transport-Security \"max-age=31536000\" always;\n\n"
    )
}

/// What holds for every file of the site.
fn inside(host: &Host<'_>, own: &str) -> String {
    let path = host.path;
    let mut text = format!(
        "index index.html;\nautoindex off;\nabsolute_redirect off;\nserver_tokens off;\n\n\
         # 没有的网址和不让看的文件夹，都是“页面不存在”。\n\
         error_page 404 {path}404.html;\nerror_page 403 =404 {path}404.html;\n\
         location = {path}404.html {{ internal; }}\n\
         # 点开头的文件不给看，/.well-known/ 除外。\n\
         location ~ {hidden} {{ return 404; }}\n\n\
         # 文件种类和文字编码。\n",
        hidden = quoted(&format!(r"^(?!{}\.well-known/[^.]).*/\.", escaped(path))),
    );
    text.push_str(&kinds());
    _ = write!(
        text,
        "\n# 发送旁边放好的压缩文件；没有的，发送时压缩。\n\
         gzip_static on;\n\
         # Brotli 更小：先装模块（Debian：apt install libnginx-mod-http-brotli-static），再去掉下一行的 #。\n\
         # brotli_static on;\n\
         gzip_vary on;\ngzip on;\ngzip_min_length 1024;\ngzip_comp_level 5;\ngzip_proxied any;\n\
         gzip_types {};\n\n",
        compressible().join(" ")
    );
    _ = writeln!(text, "add_header Cache-Control $mingbai_cache_{own} always;");
    _ = writeln!(text, "add_header Content-Security-Policy $mingbai_policy_{own} always;");
    for (name, value) in HEADERS {
        _ = writeln!(text, "add_header {name} {value} always;");
    }
    if !host.redirects.is_empty() {
        text.push_str("\n# 换了地方的网址。\n");
    }
    for redirect in &host.redirects {
        _ = writeln!(text, "location = {} {{ return 301 {}; }}", quoted(&redirect.from), quoted(&redirect.to));
    }
    text
}

/// The media types, and which of them are texts.
fn kinds() -> String {
    let bare = |kind: &'static str| kind.split(';').next().unwrap_or(kind);
    let mut by_kind: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (kind, endings) in media::KINDS {
        by_kind.entry(bare(kind)).or_default().extend(*endings);
    }
    let mut text = "types {\n".to_owned();
    for (kind, endings) in by_kind {
        _ = writeln!(text, "    {kind} {};", endings.join(" "));
    }
    _ = write!(
        text,
        "}}\ndefault_type {};\ncharset utf-8;\ncharset_types {};\n",
        media::BINARY,
        compressible().join(" ")
    );
    text
}

/// The texts besides HTML, which nginx knows by itself.
fn compressible() -> Vec<&'static str> {
    let texts = media::KINDS.iter().filter_map(|(kind, _)| kind.strip_suffix("; charset=utf-8"));
    texts.filter(|kind| *kind != "text/html").collect()
}
