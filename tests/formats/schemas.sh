#!/usr/bin/env bash
# Whether another program finds in the sample content, and in broken copies of it, by the schemas for editors what `mingbai check` finds.
# Needs MINGBAI (the program), MINGBAI_PORTAL (the sample portal) and CHECK_JSONSCHEMA (the validator).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
content=$MINGBAI_PORTAL/content

# Checks files by the schema of a kind.
by() {
  local kind=$1
  shift
  "$CHECK_JSONSCHEMA" --quiet --schemafile "$work/schemas/$kind.schema.json" "$@"
}

# Checks the YAML heads of the Markdown files of a folder.
heads() {
  local file head
  mkdir -p "$work/$1"
  while IFS= read -r file; do
    head=$work/$1/$(md5sum <<<"$file" | cut -c 1-12).yaml
    sed -n '2,/^---$/{/^---$/d;p}' "$file" >"$head"
  done < <(find "$2" -name '*.md')
  by "$1" "$work/$1"/*.yaml
}

# Breaks a copy of a file with sed; the schema must refuse it.
broken() {
  local kind=$1 file=$2 how=$3
  sed -E "$how" "$file" >"$work/broken.yaml"
  if cmp -s "$file" "$work/broken.yaml"; then
    echo "$file: nothing is broken by $how" >&2
    exit 1
  fi
  if by "$kind" "$work/broken.yaml" >/dev/null 2>&1; then
    echo "$file: the schema accepts what $how broke" >&2
    exit 1
  fi
}

"$MINGBAI" schema --out "$work/schemas" 2>/dev/null
"$CHECK_JSONSCHEMA" --quiet --check-metaschema "$work/schemas"/*.json

by item "$content"/departments/*/*/item.yaml
by department "$content"/departments/*/department.yaml
by law "$content"/laws/*.yaml
by material "$content"/materials/*.yaml
by place "$content"/places/*.yaml
by bundle "$content"/bundles/*/bundle.yaml
for kind in site calendar topics synonyms redirects exceptions; do by "$kind" "$content/$kind.yaml"; done
heads notice "$content/notices"
heads page "$content/pages"

item=$content/departments/scjgj/food-business-licence/item.yaml
broken item "$item" 's/^名称:/名秤:/'
broken item "$item" '/^更新日期:/d'
broken item "$item" 's/^办件类型:.*/办件类型: 承诺/'
broken item "$item" 's/^实施编码:.*/实施编码: 11990000000001012/'
broken item "$item" 's/^  承诺: [0-9]+个工作日/  承诺: 20天/'
broken item "$item" 's/^收费:.*/收费: 看情况/'
broken item "$item" 's/^到现场次数:.*/到现场次数: 1/'
broken item "$item" 's/^更新日期:.*/更新日期: 2026-02-30/'
broken item "$item" 's/^数量限制:.*/数量限制:/'
broken department "$content/departments/scjgj/department.yaml" 's/^(统一社会信用代码:).*/\1 "1199000000000101"/'
broken place "$content/places/main-hall.yaml" 's/^地址:/地点:/'
broken site "$content/site.yaml" 's/^网址:.*/网址: zwfw.qinglan.example/'
broken law "$content/laws/$(ls "$content/laws" | head -n 1)" 's/^状态:.*/状态: 现行/'
echo 'the sample content is accepted by the schemas of all kinds, and 13 broken copies are refused'
