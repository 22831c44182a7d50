#!/usr/bin/env bash
# Signs and sends docking requests (docs/docking.md).
#   docking-client.sh get '/api/docking/v1/changes?directory=KEY&after=0'
#   docking-client.sh hash RECORDS.json             prints the batch with the contentHash of each record
#   docking-client.sh push DIRECTORY IDEMPOTENCY_KEY BATCH.json [dry]
# DOCKING_BASE: address of the platform; DOCKING_KEY: key id; DOCKING_PEM: file of the private key.
set -euo pipefail

send() {
  : "${DOCKING_BASE:?}" "${DOCKING_KEY:?}" "${DOCKING_PEM:?}"
  local method=$1 target=$2 idempotency=$3 file=$4
  local now hash signature
  now=$(date +%s)
  hash=$(openssl dgst -sha256 -r "$file" | cut -d' ' -f1)
  signature=$(printf 'portal-docking-v1\n%s\n%s\n%s\n%s\n%s' "$method" "$target" "$now" "$idempotency" "$hash" |
    openssl dgst -sha256 -sign "$DOCKING_PEM" | openssl base64 -A)
  local arguments=(-sS --fail-with-body -X "$method"
    -H "X-Docking-Key: $DOCKING_KEY" -H "X-Docking-Timestamp: $now"
    -H "X-Docking-Content-SHA256: $hash" -H "X-Docking-Signature: $signature")
  if [[ -n $idempotency ]]; then
    arguments+=(-H "Idempotency-Key: $idempotency" -H 'Content-Type: application/json' --data-binary "@$file")
  fi
  curl "${arguments[@]}" "$DOCKING_BASE$target"
  echo
}

hash() {
  python3 - "$1" <<'PYTHON'
import hashlib, json, sys

outside = ("seq", "version", "contentHash", "updatedAt", "address")
with open(sys.argv[1], encoding="utf-8") as file:
    batch = json.load(file)
for record in batch["items"]:
    content = {key: value for key, value in record.items() if key not in outside}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    record["contentHash"] = hashlib.sha256(text.encode("utf-8")).hexdigest()
print(json.dumps(batch, ensure_ascii=False, indent=2))
PYTHON
}

case ${1:-} in
  hash) hash "$2" ;;
  get) send GET "$2" '' /dev/null ;;
  push) send POST "/api/docking/v1/batches?directory=$2${5:+&dryRun=true}" "$3" "$4" ;;
  *) sed -n '2,6p' "$0" >&2; exit 2 ;;
esac
