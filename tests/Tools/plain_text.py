"""The text of HTML and of RTF, in the simplest way that is right for what the data files of the tests hold."""
import html
import itertools
import re


def of_html(markup):
    markup = re.sub(r'(?is)<!--.*?-->|<(style|script|title|xml)\b.*?</\1\s*>', '', markup)
    return html.unescape(re.sub(r'<[^>]*>', '', markup))


def of_rtf(rtf):
    token = re.compile(r"\\([a-z]+)(-?\d+)? ?|\\'([0-9a-f]{2})|\\([^a-z'])|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.I)
    skipped = {'fonttbl', 'colortbl', 'stylesheet', 'info', 'pict', 'object', 'header', 'footer', 'listtable', 'listoverridetable', 'fldinst', 'themedata'}
    source = without_binary(rtf).decode('latin-1')
    code_page = re.search(r'\\ansicpg(\d+)', source)
    out, groups, skips, hides, replaced = [], [], False, False, 0
    for word, number, code, symbol, brace, text in (match.groups() for match in token.finditer(source)):
        if brace == '{':
            groups.append((skips, hides))
        elif brace == '}':
            skips, hides = groups.pop() if groups else (False, False)
        elif symbol == '*' or word in skipped:
            skips = True
        elif word == 'htmlrtf':
            # What stands between the two is not part of the HTML inside.
            hides = number != '0'
        elif skips or hides:
            continue
        elif word == 'u':
            out.append(chr(int(number) % 0x10000))
            replaced = 1
        elif code or text:
            out.append((bytes.fromhex(code) if code else text.encode('latin-1'))[replaced:])
            replaced = 0
    # A character may stand in two pieces in double-byte code pages.
    encoding = 'cp' + code_page.group(1) if code_page else 'cp1252'
    return ''.join(''.join(run) if kind is str else b''.join(run).decode(encoding, 'replace') for kind, run in itertools.groupby(out, type))


def without_binary(rtf):
    while match := re.search(rb'\\bin(\d+) ?', rtf):
        rtf = rtf[:match.start()] + rtf[match.end() + int(match.group(1)):]
    return rtf
