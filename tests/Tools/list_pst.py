"""Lists the items of a .pst or .ost with libpff's Python binding (pypff), one JSON object a line.

An opinion about a file from a reader this project did not write. Items below the root people see only; an item that
cannot be read is listed with an "error". Usage: list_pst.py FILE
"""
import hashlib
import json
import sys

import pypff

ATTACH_METHOD = 0x3705
ATTACHMENT_HIDDEN = 0x7FFE
MESSAGE_CLASS = 0x001A
SENT_REPRESENTING_NAME = 0x0042
SENT_REPRESENTING_EMAIL_ADDRESS = 0x0065


def text(value):
    if value is None:
        return None
    if isinstance(value, bytes):
        for encoding in ("utf-8", "cp932", "cp1252"):
            try:
                return value.decode(encoding)
            except UnicodeDecodeError:
                continue
        return value.decode("latin-1")
    return value


def entry(item, tag):
    for record_set in item.record_sets:
        for record in record_set.entries:
            if record.entry_type == tag:
                try:
                    return record.data_as_string
                except OSError:
                    return None
    return None


def number(item, tag):
    for record_set in item.record_sets:
        for record in record_set.entries:
            if record.entry_type == tag:
                return int.from_bytes(record.data[:4], "little")
    return None


def attempt(read):
    try:
        return read()
    except (OSError, ValueError, TypeError, OverflowError):
        return None


def attachment(part):
    name = attempt(lambda: part.name) if hasattr(part, "name") else None
    method = attempt(lambda: number(part, ATTACH_METHOD))
    hidden = bool(attempt(lambda: number(part, ATTACHMENT_HIDDEN)))
    try:
        size = part.size
        data = part.read_buffer(size) if size else b""
        return {"name": name, "method": method, "size": size, "sha256": hashlib.sha256(data).hexdigest(), "isHidden": hidden}
    except OSError:
        return {"name": name, "method": method, "size": None, "sha256": None, "isHidden": hidden}


def describe(folder, item):
    line = {"folder": folder}
    try:
        line.update(
            id=item.identifier,
            messageClass=entry(item, MESSAGE_CLASS),
            subject=attempt(lambda: item.subject),
            # A mailbox takes who a message is from for its sender where none is named.
            sender=attempt(lambda: item.sender_name)
            or entry(item, SENT_REPRESENTING_NAME)
            or entry(item, SENT_REPRESENTING_EMAIL_ADDRESS),
            sent=str(attempt(lambda: item.client_submit_time)),
            received=str(attempt(lambda: item.delivery_time)),
            text=text(attempt(lambda: item.plain_text_body)),
            html=text(attempt(lambda: item.html_body)),
            attachments=[attachment(item.get_attachment(i)) for i in range(attempt(lambda: item.number_of_attachments) or 0)],
        )
    except OSError as error:
        line["error"] = str(error)
    return line


def walk(folder, path):
    for index in range(folder.number_of_sub_messages):
        yield describe(path, folder.get_sub_message(index))
    for index in range(folder.number_of_sub_folders):
        child = folder.get_sub_folder(index)
        yield from walk(child, path + [child.name or ""])


def main():
    file = pypff.file()
    file.open(sys.argv[1])
    root = file.get_root_folder()
    for line in walk(root, []):
        sys.stdout.write(json.dumps(line) + "\n")


main()
