#!/bin/sh
# Puts the package where n8n looks for it, and goes on with what it is given. At every start, since n8n's folder
# is a volume: what the image holds there is hidden by it, and an older package would stay.
set -eu

nodes="${N8N_USER_FOLDER:-$HOME}/.n8n/nodes/node_modules"
package="${POLYAI_PACKAGE:-/opt/polyai/package.tgz}"

rm -rf "$nodes/n8n-nodes-polyai"
mkdir -p "$nodes/n8n-nodes-polyai"
tar -xzf "$package" -C "$nodes/n8n-nodes-polyai" --strip-components=1

exec "$@"
