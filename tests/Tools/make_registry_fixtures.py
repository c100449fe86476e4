"""Makes the exported registry files in tests/Corpus/registry, in the form regedit and reg.exe write: UTF-16LE with BOM, CRLF,
hex values broken at 80 columns. Run from anywhere; the files are the same each time."""
import os
import struct
import uuid

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Corpus", "registry")
ACCOUNTS = "9375CFF0413111d3B88A00104B2A6676"
POP, IMAP, MAPI, EAS = ("{ED4754%s-B0D6-11D2-8C3B-00104B2A6676}" % n for n in ("11", "12", "14", "15"))
LIST = "{ED475418-B0D6-11D2-8C3B-00104B2A6676}"
HOTMAIL = "{4DB5CBF0-3B77-4852-BC8E-BB81908861F3}"
PST_PROVIDER = bytes.fromhex("4E495441F9BFB80100AA0037D96E0000")
WRAP = bytes.fromhex("38A1BB1005E5101AA1BB08002B2A56C2")


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def hexed(name, data, kind=""):
    line = quoted(name) + "=hex" + kind + ":"
    lines = []
    for i, byte in enumerate(data):
        piece = "%02x" % byte + ("," if i + 1 < len(data) else "")
        if len(line) + len(piece) > 77:
            lines.append(line + "\\")
            line = "  "
        line += piece
    return "\r\n".join(lines + [line])


def wide(text):
    return (text + "\0").encode("utf-16-le")


def entry_id(path, library=b"mspst.dll", unicode_path=True):
    head = bytes(4) + WRAP + b"\0\0" + library + b"\0"
    head += bytes(-len(head) % 4) + bytes(4) + PST_PROVIDER
    return head + (wide(path) if unicode_path else path.encode("cp932") + b"\0")


class Reg:
    def __init__(self):
        self.lines = ["Windows Registry Editor Version 5.00", ""]

    def key(self, path, values=(), text_as_binary=False):
        self.lines.append("[" + path + "]")
        for name, value in values:
            if isinstance(value, int):
                self.lines.append("%s=dword:%08x" % (quoted(name), value))
            elif isinstance(value, bytes):
                self.lines.append(hexed(name, value))
            elif text_as_binary and name != "clsid":
                self.lines.append(hexed(name, wide(value)))
            else:
                self.lines.append(quoted(name) + "=" + quoted(value))
        self.lines.append("")

    def write(self, name):
        with open(os.path.join(OUT, name), "wb") as f:
            f.write(b"\xff\xfe" + "\r\n".join(self.lines + [""]).encode("utf-16-le"))


def ids(*numbers):
    return b"".join(struct.pack("<I", n) for n in numbers)


def section(n):
    return uuid.UUID(int=0x1000 + n).bytes


SECRET = ("POP3 Password", bytes.fromhex("01deadbeefdeadbeef"))


def outlook2010():
    r = Reg()
    root = r"HKEY_CURRENT_USER\Software\Microsoft\Windows NT\CurrentVersion\Windows Messaging Subsystem"
    r.key(root)
    r.key(root + r"\Profiles", [("DefaultProfile", "Outlook")])
    p = root + r"\Profiles\Outlook"
    r.key(p)
    pst = r"C:\Users\taro\Documents\Outlook ファイル\Outlook.pst"
    r.key(p + "\\" + section(1).hex(), [("001f3001", "Outlook データ ファイル"), ("001f6700", pst)], True)
    r.key(p + "\\" + section(2).hex(), [("001f3001", "古いメール"), ("001e6700", "D:\\mail\\アーカイブ.pst".encode("cp932") + b"\0")], True)
    a = p + "\\" + ACCOUNTS
    r.key(a, [(LIST, ids(2, 4, 5)), ("NextAccountID", 6)])
    r.key(a + r"\00000001", [("clsid", MAPI), ("Service Name", "CONTAB"), ("Account Name", "Outlook Address Book")], True)
    r.key(a + r"\00000002", [
        ("clsid", POP), ("Account Name", "taro@nifty.com"), ("Display Name", "山田 太郎"), ("Email", "taro@nifty.com"),
        ("POP3 Server", "pop.nifty.com"), ("POP3 User", "taro"), SECRET, ("SMTP Server", "smtp.nifty.com"), ("SMTP Port", 587),
        ("SMTP Use Auth", 1), ("SMTP Password", bytes.fromhex("01deadbeef")), ("Leave on Server", 0),
        ("Delivery Store EntryID", entry_id(pst))], True)
    r.key(a + r"\00000003", [("clsid", POP), ("Account Name", "removed@example.com"), ("Email", "removed@example.com"), ("POP3 Server", "pop.example.com")], True)
    r.key(a + r"\00000004", [
        ("clsid", IMAP), ("Account Name", "taro.yamada@gmail.com"), ("Email", "taro.yamada@gmail.com"),
        ("IMAP Server", "imap.gmail.com"), ("IMAP User", "taro.yamada@gmail.com"), ("IMAP Port", 993), ("IMAP Use SSL", 1),
        ("IMAP Password", bytes.fromhex("01deadbeef")), ("SMTP Server", "smtp.gmail.com"), ("SMTP Port", 465), ("SMTP Use SSL", 1), ("SMTP Use Auth", 1),
        ("IMAP Store EID", entry_id(r"C:\Users\taro\AppData\Local\Microsoft\Outlook\taro.yamada@gmail.com.pst"))], True)
    r.key(a + r"\00000005", [("clsid", HOTMAIL), ("Account Name", "taro@hotmail.co.jp"), ("Email", "taro@hotmail.co.jp")], True)
    r.write("outlook-2010.reg")


def outlook2013():
    r = Reg()
    root = r"HKEY_CURRENT_USER\Software\Microsoft\Office\15.0\Outlook"
    r.key(root, [("DefaultProfile", "仕事")])
    p = root + "\\Profiles\\仕事"
    r.key(p)
    r.key(p + "\\" + section(3).hex(), [("01023d00", section(4)), ("001f3001", "Microsoft Exchange")], True)
    r.key(p + "\\" + section(4).hex(), [("001f6610", r"C:\Users\hanako\AppData\Local\Microsoft\Outlook\hanako@contoso.com.ost")], True)
    r.key(p + "\\" + section(5).hex(), [("001f6700", r"\\fileserver\mail$\hanako\archive.pst")], True)
    a = p + "\\" + ACCOUNTS
    r.key(a, [(LIST, ids(2, 3))])
    r.key(a + r"\00000002", [("clsid", MAPI), ("Service Name", "MSEMS"), ("Account Name", "hanako@contoso.com"), ("Service UID", section(3))], True)
    r.key(a + r"\00000003", [
        ("clsid", EAS), ("Account Name", "hanako@outlook.jp"), ("Email", "hanako@outlook.jp"), ("EAS Server URL", "https://eas.outlook.com/"),
        ("EAS User", "hanako@outlook.jp"), ("EAS Password", bytes.fromhex("01deadbeef"))], True)
    r.write("outlook-2013.reg")


def outlook365():
    r = Reg()
    r.key(r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Office\ClickToRun\Configuration",
          [("VersionToReport", "16.0.18129.20158"), ("ProductReleaseIds", "O365ProPlusRetail"), ("UpdateChannel", "http://officecdn.microsoft.com/x")])
    user = r"HKEY_USERS\S-1-5-21-1111111111-2222222222-3333333333-1001"
    root = user + r"\Software\Microsoft\Office\16.0\Outlook"
    r.key(root, [("DefaultProfile", "Outlook"), ("Bitness", "x64")])
    p = root + r"\Profiles\Outlook"
    pst = r"C:\Users\jiro\OneDrive\Documents\Outlook Files\jiro@outlook.com.pst"
    r.key(p)
    r.key(p + "\\" + section(6).hex(), [("001f3001", "jiro@outlook.com"), ("001f6700", wide(pst))])
    a = p + "\\" + ACCOUNTS
    r.key(a, [(LIST, ids(3, 2, 4, 5))])
    r.key(a + r"\00000002", [
        ("clsid", POP), ("Account Name", "jiro@outlook.com"), ("Email", "jiro@outlook.com"), ("POP3 Server", "outlook.office365.com"),
        ("POP3 User", "jiro@outlook.com"), ("POP3 Port", 995), ("POP3 Use SSL", 1), SECRET, ("SMTP Server", "smtp-mail.outlook.com"),
        ("SMTP Port", 587), ("SMTP Secure Connection", 2), ("SMTP Use Auth", 1), ("Leave on Server", 0x000E0003),
        ("Delivery Store EntryID", entry_id(pst))])
    r.key(a + r"\00000003", [
        ("clsid", IMAP), ("Account Name", "jiro@yahoo.co.jp"), ("Email", "jiro@yahoo.co.jp"), ("IMAP Server", "imap.mail.yahoo.co.jp"),
        ("IMAP User", "jiro"), ("IMAP Port", 993), ("IMAP Secure Connection", 1), ("SMTP Server", "smtp.mail.yahoo.co.jp"), ("SMTP Port", 465),
        ("SMTP Secure Connection", 1), ("SMTP Use Auth", 1),
        ("IMAP Store EID", entry_id(r"C:\Users\jiro\AppData\Local\Microsoft\Outlook\jiro@yahoo.co.jp.ost", b"pstprx.dll"))])
    r.key(a + r"\00000004", [("clsid", MAPI), ("Service Name", "MSEMS"), ("Account Name", "jiro@contoso.onmicrosoft.com")])
    r.key(a + r"\00000005", [
        ("clsid", POP), ("Account Name", "plain"), ("Email", "jiro@ocn.ne.jp"), ("POP3 Server", "pop.ocn.ne.jp"), ("POP3 User", "jiro@ocn.ne.jp"),
        ("POP3 Use SPA", 1), ("SMTP Server", "smtp.ocn.ne.jp"), ("Leave on Server", 5), SECRET,
        ("Delivery Store EntryID", entry_id("E:\\古い\\メール.pst", unicode_path=False))])
    r.write("outlook-365.reg")


def hostile():
    r = Reg()
    p = "HKEY_CURRENT_USER\\Software\\Microsoft\\Office\\16.0\\Outlook\\Profiles\\evil\x1b[2J\u202egpj"
    a = p + "\\" + ACCOUNTS
    r.key(a, [(LIST, ids(1, 1, 99))])
    r.key(a + r"\00000001", [
        ("clsid", IMAP), ("Account Name", "x\x07\u202emoc.live"), ("Email", "a@live.com\x1b[31m"), ("IMAP Server", "outlook.office365.com\x00.example.com"),
        ("IMAP Port", 0xFFFFFFFF)])
    r.lines += ['"orphan"=hex:zz,01', "nonsense", '"open', ""]
    r.write("hostile.reg")


os.makedirs(OUT, exist_ok=True)
for make in (outlook2010, outlook2013, outlook365, hostile):
    make()
