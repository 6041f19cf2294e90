# shellcheck shell=bash
# What the images that Jib can't make have in common. Sourced; needs Linux, as they are made of this machine's C library.

fail() {
  echo "${0##*/}: $*" >&2
  exit 1
}

[[ $(uname -s) == Linux ]] || fail 'made of this machine'"'"'s C library, so it takes Linux.'

# current IMAGE.tar FILE..: whether the image was made of these files and of this machine's C library.
current() {
  KEY=$({ cat "$0" "${BASH_SOURCE[0]}" "${@:2}" && getconf GNU_LIBC_VERSION; } | sha256sum | cut -d' ' -f1)
  [[ -e $1 && $(cat "$1.key" 2>/dev/null) == "$KEY" ]]
}

# libraries ROOT FILE..: copies into ROOT what these programs and libraries are linked against, each to the path that the
# linker knows; what ROOT itself holds is left out.
libraries() {
  local root=$1 library
  ldd "${@:2}" 2>/dev/null | sed -nE 's:^(.* => )?\s*(/[^ ]*) \(.*:\2:p' | sort -u | while read -r library; do
    library=$(realpath -s "$library")
    [[ $library == "$root"/* ]] || install -D -m 755 "$library" "$root$library"
  done
}

# People and names, as far as the C library asks for them.
accounts() {
  mkdir -p "$1/etc"
  printf 'root:x:0:0:root:/:\nemporion:x:10001:10001:emporion:/tmp:\n' >"$1/etc/passwd"
  printf 'root:x:0:\nemporion:x:10001:\n' >"$1/etc/group"
  printf 'hosts: files dns\n' >"$1/etc/nsswitch.conf"
}

# archive ROOT NAME CONFIG IMAGE.tar: a docker-archive with one layer. The same files give the same bytes.
archive() {
  local root=$1 name=$2 config=$3 image=$4 work sum
  work=$(dirname "$root")
  chmod -R u+rwX,go+rX,go-w "$root"
  install -d -m 1777 "$root/tmp"
  pack "$work/layer.tar" --directory "$root" .
  sum=$(sha256sum <"$work/layer.tar" | cut -d' ' -f1)
  cat >"$work/config.json" <<END
{"architecture": "$(uname -m | sed 's/x86_64/amd64/;s/aarch64/arm64/')", "os": "linux", "created": "1970-01-01T00:00:01Z",
 "config": $config, "rootfs": {"type": "layers", "diff_ids": ["sha256:$sum"]}}
END
  printf '[{"Config": "config.json", "RepoTags": ["%s"], "Layers": ["layer.tar"]}]' "$name" >"$work/manifest.json"
  mkdir -p "$(dirname "$image")"
  pack "$image.new" --directory "$work" manifest.json config.json layer.tar
  printf '%s' "$KEY" >"$image.key"
  mv "$image.new" "$image"
}

pack() { tar --create --file "$1" --sort=name --mtime=@1 --owner=0 --group=0 --numeric-owner --format=gnu "${@:2}"; }
