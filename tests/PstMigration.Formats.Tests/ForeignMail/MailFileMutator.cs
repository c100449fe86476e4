using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace PstMigration.Formats.Tests.ForeignMail;

/// <summary>Writes spoilt mail as programs keep it: mbox files, Maildirs, Apple Mail's files, UTF-16, winmail.dat, calendars; and spoils the keeping too.</summary>
/// <param name="seeds">Whole mails.</param>
/// <param name="boxes">Whole mbox files.</param>
/// <param name="tnef">Whole winmail.dat files.</param>
internal sealed class MailFileMutator(IReadOnlyList<byte[]> seeds, IReadOnlyList<byte[]> boxes, IReadOnlyList<byte[]> tnef)
{
    private const int MostBytes = 128 * 1024;
    private readonly MailMutator _mails = new(seeds);

    private static readonly string[] s_fromLines =
    [
        "From a@b Tue Mar  3 10:20:30 2015", "From - Tue Mar 03 10:20:30 2015", "From ", "From a", "From MAILER-DAEMON Fri Jul  8 12:08:34 2011", "From 1234@xxx Tue Mar 03 01:20:30 +0000 2015", ">From x", "From a b c d e f g",
        "From \"a b\"@c Tue Mar  3 10:20:30 JST 2015 remote from x", "\u001AFrom a@b Tue Mar  3 10:20:30 2015", "From", "FROM a@b Tue Mar  3 10:20:30 2015",
    ];

    private static readonly string[] s_names =
    [
        "1425345630.R1.host,U=1:2,S", "1.host;2,FSRTa", "x", "1425345630.M1P1.h,S=99999999999,W=1:2,", "\u3042.eml", "a!2,S", "9.h:2,\u00FC", "1.h:1,S", ":2,S", "1425345630_0.h:2,DFPRST", "99999999999999999999.h:2,S",
    ];

    private static readonly string[] s_lists =
    [
        "", "<?xml version=\"1.0\"?><plist><dict><key>flags</key><integer>8590195713</integer></dict></plist>", "<plist><dict><key>flags</key><integer>-1</integer><key>date-received</key><integer>99999999999999</integer></dict></plist>",
        "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><plist><dict><key>flags</key><string>&a;</string></dict></plist>", "<plist>", "bplist00", "<plist><dict><key>flags</key></dict></plist>",
    ];

    private static readonly string[] s_folders = ["", "Inbox", "Inbox.sbd", ".Sent.\u3042", "&AAA-", "Work/.Projects", "INBOX.mbox/Messages", "A.mbox/12345678-1234/Data/1/Messages", "Drafts", "a.b.c"];

    /// <summary>Writes one case into an empty directory; the same number gives the same.</summary>
    /// <returns>The file or directory to read.</returns>
    public string Write(int number, string directory)
    {
        Random random = new(number);
        switch (random.Next(7))
        {
            case 0:
                return File(directory, random.Next(2) == 0 ? "a.mbox" : "Inbox", Box(number, random));
            case 1:
                return Maildir(number, random, Path.Combine(directory, "mail"));
            case 2:
                return File(directory, random.Next(2) == 0 ? "1.emlx" : "1.partial.emlx", Apple(number, random));
            case 3:
                Encoding utf16 = random.Next(2) == 0 ? Encoding.Unicode : Encoding.BigEndianUnicode;
                byte[] text = utf16.GetBytes((random.Next(3) > 0 ? "\uFEFF" : "") + Encoding.GetEncoding(28591).GetString(_mails.Make(number)));
                return File(directory, "a.eml", random.Next(3) == 0 ? text.AsSpan(0, random.Next(text.Length + 1)).ToArray() : text);
            case 4 when tnef.Count > 0:
                return File(directory, "a.eml", Tnef(random));
            case 5:
                return Tree(number, random, Path.Combine(directory, "tree"));
            default:
                return File(directory, "a.eml", _mails.Make(number));
        }
    }

    private byte[] Box(int number, Random random)
    {
        if (boxes.Count > 0 && random.Next(2) == 0)
        {
            byte[] spoilt = new MailMutator(boxes).Make(number);
            return spoilt.Length > MostBytes ? spoilt.AsSpan(0, MostBytes).ToArray() : spoilt;
        }

        string end = random.Next(4) switch { 0 => "\n", 1 => "\r", _ => "\r\n" };
        List<byte> box = [.. random.Next(6) == 0 ? Encoding.UTF8.GetBytes("\uFEFF" + end) : []];
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            box.AddRange(Encoding.UTF8.GetBytes(s_fromLines[random.Next(s_fromLines.Length)] + end));
            if (random.Next(4) == 0)
            {
                box.AddRange(Encoding.ASCII.GetBytes("Content-Length: " + (random.Next(2) == 0 ? "99999999999999999999" : "7") + end + "X-Mozilla-Status: 0001" + end + "X-Gmail-Labels: =?utf-8?Q?=" + end));
            }

            box.AddRange(_mails.Make(number + i));
            box.AddRange(Encoding.ASCII.GetBytes(random.Next(3) == 0 ? "" : end + end));
        }

        return [.. box];
    }

    private string Maildir(int number, Random random, string root)
    {
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            string folder = Path.Combine(root, s_folders[random.Next(s_folders.Length)]);
            string part = Path.Combine(folder, random.Next(4) == 0 ? "new" : "cur");
            Directory.CreateDirectory(part);
            if (random.Next(2) == 0)
            {
                Directory.CreateDirectory(Path.Combine(folder, "tmp"));
            }

            File(part, s_names[random.Next(s_names.Length)].Replace(':', Path.DirectorySeparatorChar == '\\' ? ';' : ':'), _mails.Make(number + i));
            if (random.Next(3) == 0)
            {
                File(folder, "dovecot-keywords", Encoding.UTF8.GetBytes("0 $label1\n99 x\n\u3042\n-1 y\n" + random.Next()));
            }
        }

        return root;
    }

    private string Tree(int number, Random random, string root)
    {
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            string folder = Path.Combine(root, s_folders[random.Next(s_folders.Length)]);
            Directory.CreateDirectory(folder);
            bool isApple = random.Next(2) == 0;
            File(folder, i + (isApple ? ".emlx" : ".eml"), isApple ? Apple(number + i, random) : _mails.Make(number + i));
        }

        return root;
    }

    private byte[] Apple(int number, Random random)
    {
        byte[] mail = _mails.Make(number);
        string length = random.Next(4) switch { 0 => "", 1 => "-5", 2 => "99999999999999999999", _ => mail.Length.ToString(System.Globalization.CultureInfo.InvariantCulture) };
        return [.. Encoding.ASCII.GetBytes(length + (random.Next(5) == 0 ? "" : "      \n")), .. mail, .. Encoding.UTF8.GetBytes(s_lists[random.Next(s_lists.Length)])];
    }

    private byte[] Tnef(Random random)
    {
        byte[] data = (byte[])tnef[random.Next(tnef.Count)].Clone();
        for (int i = data.Length == 0 ? 0 : random.Next(12); i > 0; i--)
        {
            int at = random.Next(random.Next(2) == 0 ? Math.Min(data.Length, 2000) : data.Length);
            data[at] = random.Next(3) switch { 0 => (byte)random.Next(256), 1 => 0xFF, _ => (byte)(data[at] ^ (1 << random.Next(8))) };
        }

        data = random.Next(4) == 0 ? data.AsSpan(0, random.Next(data.Length + 1)).ToArray() : data;
        return Encoding.ASCII.GetBytes(
            "From: a@example.com\r\nSubject: t\r\nMIME-Version: 1.0\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n" + Convert.ToBase64String(data, Base64FormattingOptions.InsertLineBreaks) + "\r\n");
    }

    private static string File(string directory, string name, byte[] content)
    {
        string path = Path.Combine(directory, name);
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }
}
