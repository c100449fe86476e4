"""Compares the mails readpst wrote of a data file with ours, in both directions, and names each difference.

Headers by their decoded values and their order, texts in full, attachments by name, type, Content-ID and bytes, attached messages
as messages. What is told of a difference is the class docs/readers.md explains it with, or "?" where nothing explains it.
Usage: compare_mail.py OURS THEIRS, two folders with one folder for each data file. Prints CLASS, FILE and what was found, tabs between
them, a line for each difference, and at last how many mails and messages in mails were compared.
"""
import collections
import email
import email.policy
import email.utils
import functools
import os
import re
import sys

from plain_text import of_html, of_rtf

PLACEHOLDER = 'MAILER-DAEMON'
UNRESOLVED = 'unresolved@ex.invalid'
COMPOUND = bytes.fromhex('d0cf11e0a1b11ae1')
ADDRESSES = {'from', 'sender', 'reply-to', 'to', 'cc', 'bcc'}
STRUCTURE = {'content-type', 'content-transfer-encoding', 'content-disposition'}
# Headers MAPI keeps as properties of their own; readpst writes them only where they stand in the header block.
KEPT = {'thread-topic', 'thread-index', 'in-reply-to', 'references', 'importance', 'x-priority', 'x-unsent'}
STATE = {'keywords', 'x-message-flag'}
# Headers that are made, not kept; each program puts them where it likes.
UNORDERED = {'status', 'mime-version'}
STRIPPED = {'x-mimeole', 'content-class'}


def one_line(text):
    return re.sub(r'\s+', ' ', str(text)).strip()


def lines(text):
    return text.replace('\r\n', '\n').replace('\r', '\n')


def letters(text):
    return re.sub(r'[\W_]', '', text)


class Mail:
    """A mail as it was parsed: headers by name, bodies, attachments and attached messages in their order."""

    def __init__(self, message):
        self.headers = [(name.lower(), self.value(name.lower(), value)) for name, value in message.items()]
        self.type = message.get_content_type(), message.get_param('report-type')
        self.bodies = collections.defaultdict(list)
        self.files = []
        self.messages = []
        for part in self.leaves(message):
            self.take(part)

    @staticmethod
    def read(path):
        with open(path, 'rb') as stream:
            return Mail(email.message_from_binary_file(stream, policy=email.policy.default))

    @staticmethod
    def value(name, value):
        if name in ADDRESSES:
            return tuple((one_line(shown), address) for shown, address in email.utils.getaddresses([one_line(value)]))
        if name == 'date':
            try:
                return email.utils.parsedate_to_datetime(str(value)).timestamp()
            except (TypeError, ValueError):
                return one_line(value)
        return one_line(value)

    @staticmethod
    def leaves(message):
        open_parts = [message]
        while open_parts:
            part = Part(open_parts.pop())
            if part.type.startswith('multipart/'):
                # readpst writes a multipart without parts for a mail without a body.
                open_parts.extend(reversed(part.message.get_payload() if part.message.is_multipart() else []))
            else:
                yield part

    def take(self, part):
        is_shown = part.disposition != 'attachment' and part.name is None
        if part.type == 'message/rfc822':
            inner = part.message.get_payload(0)
            self.messages.append((part.name, self.inside(inner), Mail(self.inside(inner) or inner)))
        elif part.type == 'message/delivery-status':
            self.bodies['status'].append(str(part.message))
        elif part.type == 'text/calendar' and (is_shown or b'PRODID:LibPST' in part.bytes):
            self.bodies['calendar'].append(part.text)
        elif part.type in ('text/plain', 'text/html') and is_shown:
            self.bodies[part.type[5:]].append((part.text, part.charset))
        elif part.name == 'rtf-body.rtf' or (part.type == 'application/rtf' and is_shown):
            self.bodies['rtf'].append(part.bytes)
        else:
            self.files.append(part)

    @staticmethod
    def inside(message):
        """The message behind the From_ line that readpst writes before an attached one, or None."""
        text = message.get_payload() if not message.is_multipart() and not message.items() else ''
        if not text.startswith('>From '):
            return None
        return email.message_from_string(text.partition('\n')[2], policy=email.policy.default)

    def all(self, name):
        return [value for key, value in self.headers if key == name]

    def first(self, name):
        return next(iter(self.all(name)), None)


class Part:
    """A part that is no multipart. The library parses a header each time it is asked for: they are asked for once."""

    def __init__(self, message):
        content, disposition = message['Content-Type'], message['Content-Disposition']
        types, told = [header.params if header else {} for header in (content, disposition)]
        self.message = message
        self.type = content.content_type if content else 'text/plain'
        self.charset = types.get('charset', 'us-ascii').lower()
        self.disposition = disposition.content_disposition if disposition else None
        self.is_inline = self.disposition == 'inline'
        self.name = told.get('filename') or types.get('name')
        self.id = message['Content-ID']
        self.told = {name.lower() for name in message.keys()} - STRUCTURE - {'content-id'} | set(told) - {'filename'}

    @functools.cached_property
    def bytes(self):
        return self.message.get_payload(decode=True) or b''

    @property
    def text(self):
        try:
            return lines(self.bytes.decode(self.charset, 'backslashreplace'))
        except LookupError:
            return lines(self.bytes.decode('latin-1'))


class Comparison:
    def __init__(self):
        self.count = 0
        self.file = ''

    def say(self, kind, *details):
        print(kind, self.file, ' '.join(repr(d)[:300] for d in details), sep='\t')

    def compare(self, ours, theirs):
        self.count += 1
        self.compare_headers(ours, theirs)
        if ours.type != theirs.type:
            self.say('structure' if theirs.type == ('multipart/mixed', None) else '?', theirs.type, ours.type)
        self.compare_texts(ours, theirs)
        self.compare_messages(ours, theirs)
        self.compare_files(ours.files, theirs.files)

    def compare_headers(self, ours, theirs):
        same = set()
        for name in dict.fromkeys(name for name, _ in theirs.headers + ours.headers):
            a, b = ours.all(name), theirs.all(name)
            if name in STRUCTURE:
                continue
            if a == b:
                same.add(name)
            else:
                self.say(self.class_of(name, a, b, ours), name, b, a)
        a, b = [[name for name, _ in mail.headers if name in same - UNORDERED] for mail in (ours, theirs)]
        if a != b:
            self.say('order of headers' if not theirs.first('received') else '?', b, a)

    def class_of(self, name, ours, theirs, mail):
        if name.startswith('x-pstmigration-') or name in ('status', 'x-status'):
            return 'headers of our own'
        if name == 'x-libpst-forensic-sender':
            is_known = UNRESOLVED not in str(mail.first('from'))
            return 'sender by Exchange name' if is_known or mail.first('x-pstmigration-author') in {'EX:' + t for t in theirs} else '?'
        if name == 'x-libpst-forensic-bcc':
            return 'Bcc twice' if [address for bcc in mail.all('bcc') for _, address in bcc] == theirs else '?'
        if name in ADDRESSES:
            return self.class_of_addresses(ours, theirs)
        if theirs:
            return '?'
        if name == 'message-id':
            return 'no Message-ID' if ours[0].endswith('@pstmigration.invalid>') else '?'
        if name == 'date':
            return 'no date'
        if name in KEPT:
            return 'headers kept in properties'
        if name in STATE:
            return 'categories and flag'
        if name in STRIPPED:
            return 'headers left out'
        return 'headers kept by name' if name.startswith('x-') else '?'

    @staticmethod
    def class_of_addresses(ours, theirs):
        if theirs == [(('', PLACEHOLDER),)]:
            return 'no sender' if not ours else '?'
        if len(ours) != 1 or len(theirs) != 1 or len(ours[0]) != len(theirs[0]):
            return '?'
        classes = set()
        for (our_name, our_address), (name, address) in zip(ours[0], theirs[0]):
            is_address = '@' in address
            shown = name or address
            if (our_name, our_address) == (name, address):
                continue
            if is_address and not name and not our_name and address.strip("'") == our_address:
                classes.add('quoted address')
            elif is_address or our_name != shown.strip("'"):
                return '?'
            elif our_address == UNRESOLVED:
                classes.add('unknown address')
            else:
                classes.add('address left out')
        return classes.pop() if len(classes) == 1 else '?'

    def compare_texts(self, ours, theirs):
        a, b = ours.bodies, theirs.bodies
        self.compare_plain(a, b)
        self.compare_html(a['html'], b['html'], b['rtf'])
        for rtf in b['rtf']:
            self.compare_rtf(rtf, a, b)
        if a['rtf'] and a['rtf'] != [rtf.rstrip(b'\0') for rtf in b['rtf']]:
            self.say('?', 'RTF', len(a['rtf']), len(b['rtf']))
        if a['status']:
            self.say('report' if not b['status'] else '?', a['status'])
        if a['calendar'] or b['calendar']:
            self.compare_calendars(a['calendar'], b['calendar'])

    def compare_plain(self, ours, theirs):
        a, b = ours['plain'], theirs['plain']
        if len(a) != 1 or len(b) > 1:
            self.say('?', 'texts', len(b), len(a))
        elif b and ours['status'] and a[0][0].endswith(b[0][0].rstrip('\n')):
            self.say('report', b[0], a[0])
        elif b and a[0][0] != b[0][0]:
            self.say('?', 'text', b[0], a[0])
        elif b and a[0][1] != b[0][1]:
            self.say('charset', b[0][1], a[0][1])
        elif not b and ours['html'] and letters(a[0][0]) == letters(of_html(ours['html'][0][0])):
            self.say('no text beside HTML', a[0])
        elif not b and not theirs['html'] and not letters(a[0][0]):
            self.say('no body', a[0])
        elif not b and not theirs['rtf']:
            self.say('?', 'text', a[0])

    def compare_html(self, ours, theirs, rtf):
        if len(ours) != len(theirs):
            self.say('RTF' if rtf and not theirs else '?', 'HTML', len(theirs), len(ours))
        for (a, our_charset), (b, charset) in zip(ours, theirs):
            if without_charset(a) != without_charset(b):
                self.say('?', 'HTML', first_difference(b, a))
            elif (a, our_charset) != (b, charset):
                self.say('charset', charset, our_charset)

    def compare_rtf(self, rtf, ours, theirs):
        if not rtf.startswith(b'{\\rtf'):
            self.say('stored RTF' if theirs['plain'] else '?', rtf[:40])
            return
        text = letters(of_rtf(rtf))
        shown = letters(of_html(ours['html'][0][0])) if ours['html'] else letters(ours['plain'][0][0])
        if text == shown:
            self.say('RTF', len(text))
        else:
            self.say('?', 'RTF', first_difference(text, shown))

    def compare_calendars(self, ours, theirs):
        names = ('DTSTART', 'DTEND', 'SUMMARY', 'LOCATION')
        a, b = [fields_of_calendar(c, names) for c in ours], [fields_of_calendar(c, names) for c in theirs]
        # A day is a day for us; readpst writes midnight.
        is_same = len(a) == 1 and len(b) <= 2 and all(a[0].get(n) in (value, value.removesuffix('T000000Z')) for c in b for n, value in c.items())
        self.say('calendar' if is_same else '?', b, a)

    def compare_messages(self, ours, theirs):
        left = list(ours.messages)
        order = []
        for name, was_text, b in theirs.messages:
            match = max(left, key=lambda m: likeness(b, m[2]), default=None)
            if match is None or not any(likeness(b, match[2])[:2]):
                self.say('?', 'message missing', b.first('subject'))
                continue
            left.remove(match)
            order.append(ours.messages.index(match))
            our_name, our_text, a = match
            is_explained = was_text and not name and our_name and not our_text
            self.say('attached messages' if is_explained else '?', name, our_name)
            self.compare(a, b)
        self.check_order(order)
        for name, _, _ in left:
            self.say('?', 'message added', name)

    def compare_files(self, ours, theirs):
        left = list(ours)
        order = []
        for file in theirs:
            # What is the same twice is taken from behind, where readpst begins.
            match = next((f for f in reversed(left) if f.bytes == file.bytes and f.name == file.name), None) \
                or next((f for f in reversed(left) if holds(file.bytes, f.bytes)), None)
            if match is None:
                self.say('?', 'file missing', file.name, file.type, len(file.bytes))
                continue
            left.remove(match)
            order.append(ours.index(match))
            self.compare_file(match, file)
        # What the HTML shows stands with it, and before what it does not show.
        self.check_order([i for i in order if ours[i].is_inline])
        self.check_order([i for i in order if not ours[i].is_inline])
        for file in left:
            is_picture = file.is_inline and file.type.startswith('image/') and 'pstmigration.invalid' in (file.id or '')
            self.say('RTF' if is_picture else '?', 'file added', file.name, file.type)

    def check_order(self, order):
        if order != sorted(order):
            self.say('order of attachments' if order == sorted(order, reverse=True) else '?', order)

    def compare_file(self, ours, theirs):
        if ours.told != theirs.told:
            self.say('more of a file' if ours.told > theirs.told else '?', theirs.told, ours.told)
        if ours.bytes != theirs.bytes:
            is_named = not theirs.name or ours.name.startswith(theirs.name)
            self.say('OLE objects' if is_named else '?', theirs.name, ours.name)
            return
        if (ours.name, ours.id) != (theirs.name, theirs.id):
            self.say('?', theirs.name, theirs.id, ours.name, ours.id)
        if ours.type != theirs.type:
            self.say('type of a file' if theirs.type == 'application/octet-stream' else '?', theirs.type, ours.type)
        if ours.is_inline != theirs.is_inline:
            self.say('pictures in the text' if ours.is_inline and ours.id else '?', ours.name)


def holds(storage, content):
    """Whether a compound file holds what was taken out of it; a bitmap got a file header of 14 bytes."""
    inside = content[14:] if content.startswith(b'BM') else content
    return storage.startswith(COMPOUND) and len(inside) > 0 and inside in storage


def without_charset(markup):
    return re.sub(r'(?i)(<meta[^>]*charset\s*=\s*["\']?)[-\w:.]+', r'\1', markup, count=1)


def fields_of_calendar(calendar, names):
    fields = {}
    for line in re.sub(r'\n[ \t]', '', calendar).split('\n'):
        name = re.split('[;:]', line)[0]
        if name in names and name not in fields:
            fields[name] = line.partition(':')[2]
    return fields


def first_difference(a, b):
    at = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
    return at, a[max(0, at - 20):at + 60], b[max(0, at - 20):at + 60]


def load(folder):
    mails = []
    for place, _, files in os.walk(folder):
        for name in files:
            if name.endswith('.eml'):
                path = os.path.join(place, name)
                mails.append((os.path.relpath(path, folder), Mail.read(path)))
    return sorted(mails, key=lambda mail: mail[0])


def likeness(a, b):
    """How sure it is that two mails are the same: the first that counts comes first."""
    same = [a.first(name) is not None and a.first(name) == b.first(name) for name in ('message-id', 'subject', 'date')]
    texts = [m.bodies['plain'][0][0] if m.bodies['plain'] else None for m in (a, b)]
    return *same, texts[0] == texts[1]


def main(our_root, their_root):
    comparison = Comparison()
    for name in sorted(os.listdir(their_root)):
        theirs = load(os.path.join(their_root, name))
        ours = load(os.path.join(our_root, name)) if theirs else []
        for path, mail in theirs:
            comparison.file = name + '/' + path
            folder = os.path.basename(os.path.dirname(path))
            best = max(ours, key=lambda m: (*likeness(mail, m[1]), os.path.basename(os.path.dirname(m[0])) == folder), default=None)
            if best is None or not any(likeness(mail, best[1])[:2]):
                comparison.say('?', 'mail missing', mail.first('subject'))
            else:
                ours.remove(best)
                comparison.compare(best[1], mail)
    print('compared', comparison.count)


main(sys.argv[1], sys.argv[2])
