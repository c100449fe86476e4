using System.Text;

namespace PstMigration.Formats.Tests.ForeignMail;

/// <summary>
/// Spoils mail the way programs and people do: values of headers and of calendar lines that are not by the book, lines that are missing, doubled or out of order,
/// parts of other mail, other line ends, bytes that are no text.
/// </summary>
internal sealed class MailMutator(IReadOnlyList<byte[]> seeds)
{
    private const int MostChanges = 6;
    private const int MostBytes = 256 * 1024;
    private const int LongestRepeated = 10_000;

    private static readonly string[] s_fields =
    [
        "From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Return-Receipt-To", "Disposition-Notification-To", "Subject", "Date", "Received", "Delivery-Date", "Expires",
        "Reply-By", "Message-ID", "In-Reply-To", "References", "Content-Type", "Content-Transfer-Encoding", "Content-ID", "Content-Location", "Content-Disposition",
        "Content-Description", "Content-Base", "Keywords", "Importance", "Sensitivity", "Thread-Index", "X-Unsent", "X-Message-Flag", "Status", "X-Mozilla-Keys",
        "Final-Recipient", "Action", "Status", "Disposition", "MIME-Version", "X-PstMigration-Class", "X-PstMigration-Property", "X-PstMigration-Received", "", ":",
    ];

    private static readonly string[] s_calendar =
    [
        "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "UID", "ATTENDEE", "ORGANIZER", "DESCRIPTION", "ATTACH", "TRIGGER", "SEQUENCE",
        "DTSTAMP", "CATEGORIES", "CLASS", "PRIORITY", "TZID", "TZOFFSETFROM", "TZOFFSETTO", "METHOD", "BEGIN", "END", "X-MICROSOFT-CDO-BUSYSTATUS",
    ];

    private static readonly string[] s_values =
    [
        "aki..x.@docomo.example", "<aki..x.@docomo.example>", "\"Suzuki, Ben\" <ben@example.com>; c@example.com", "Suzuki, Ben <ben@example.com>", "<@a:b@c>", "a@b@c", "@", "<>", ";", "\"", "(",
        "\"a\" <b", "undisclosed-recipients:;", "group: a@b, c@d;", "/O=Org/OU=Unit/CN=Recipients/cn=ben", "CN=Ben/O=Org@Org", "=?UTF-8?Q?a=", "=?utf-8?b?4KS+?= <x@y>", "=?iso-2022-jp?B?GyRCJUYlOSVI?=",
        "=?x-unknown?Q?=FF=FE?=", "=?UTF-8?B?7aCA?=", "'a@b'", "mailto:a@b", "rfc822; a@b", "x400; /G=a/S=b/", "Mon, 99 Foo 2026 25:61:61 +9999", "2026-11-24T10:00:00.123456+0900", "24 Nov 26 24:00 JST", "Tue, 24 Nov 2026 10.00.00 GMT+0900",
        "01 Jan 0001 00:00:00 +1400", "31 Dec 9999 23:59:59 -1200", "0", "text", "", " ", "text/plain; charset", "text/plain; charset=\"x-mac-roman\"", "text/plain; charset=utf-7; format=flowed; delsp=yes", "text/html; charset=unicode",
        "multipart/mixed", "multipart/mixed; boundary=\"\"", "multipart/related; boundary=b; start=\"<x\"", "multipart/alternative; boundary=\"----=_Part\"", "multipart/report; report-type=x; boundary=b", "message/rfc822", "message/partial; number=1; total=2; id=x",
        "message/external-body; access-type=URL; URL=\"http://example/x\"", "application/ms-tnef; name=winmail.dat", "application/applefile", "multipart/appledouble; boundary=b", "text/enriched", "text/calendar; method=REQUEST; charset=utf-8", "application/octet-stream; name*0*=utf-8''%E3; name*1*=%81%82; name*3=x",
        "attachment; filename*=x'y'%zz; filename=\"=?utf-8?Q?=E3=81?=\"", "inline; filename=\"../../etc/passwd\"", "attachment; filename=\"a\rb.txt\"", "base64", "quoted-printable", "x-uuencode", "binhex", "8 bit", "<a(b)@c>", "<>@<>", "cid:\u3042", "7:1",
        "failed", "delayed", "manual-action/x; displayed", "99990101T000000", "00010101", "99991231T235959Z", "20261124T100000Z/PT99999999H", "-P99999W", "FREQ=YEARLY;UNTIL=99991231T235959Z;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;COUNT=2147483647;INTERVAL=2147483647",
        "FREQ=SECONDLY", "FREQ=MONTHLY;BYDAY=-1MO,5TU;BYSETPOS=-1", "+2500", "mailto:", "VCALENDAR", "VEVENT", "VTIMEZONE", "REQUEST", "CANCEL", "data:;base64,AAAA", "2147483648", "-1", "%FF%ZZ", "&#xD83D;<b>&#0;", "<img src='cid:x'><style>x{y:url(cid:", "IPM.Appointment", "IPM.Note.SMIME.MultipartSigned",
    ];

    private static readonly byte[][] s_bytes =
    [
        [0], [0xFF, 0xFE], [0xEF, 0xBB, 0xBF], [0xED, 0xA0, 0x80], [0xF0, 0x9F, 0x98], [0x82, 0xA0, 0x82], [0x1B, 0x24, 0x42, 0x25], [0x1B, 0x28], [0x80], [0x0D], [0x0A], [0x0D, 0x0D, 0x0A], [0x0D, 0x0A, 0x0D, 0x0A],
        [.. "--"u8], [.. "=?"u8], [.. "=3D"u8], [.. "\r\nFrom a\r\n"u8], [.. "\r\nbegin 644 x\r\n"u8], [.. "\t"u8],
    ];

    /// <summary>One case; the same number gives the same bytes.</summary>
    public byte[] Make(int number)
    {
        Random random = new(number);
        byte[] mail = seeds[random.Next(seeds.Count)];
        for (int i = random.Next(1, MostChanges + 1); i > 0; i--)
        {
            mail = Change(mail, random);
        }

        return mail.Length > MostBytes ? mail.AsSpan(0, MostBytes).ToArray() : mail;
    }

    private byte[] Change(byte[] mail, Random random) => random.Next(12) switch
    {
        0 => Splice(mail, mail.Length, 0, random.Next(mail.Length + 1)),
        1 => Flip(mail, random),
        2 => Splice(mail, random.Next(mail.Length + 1), 0, null, s_bytes[random.Next(s_bytes.Length)]),
        3 => LineEnds(mail, random),
        4 => Other(mail, random),
        5 => Wrap(mail, random),
        _ => Lines(mail, random),
    };

    private static byte[] Flip(byte[] mail, Random random)
    {
        byte[] changed = (byte[])mail.Clone();
        for (int i = changed.Length == 0 ? 0 : random.Next(1, 9); i > 0; i--)
        {
            changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
        }

        return changed;
    }

    /// <summary>Keeps <paramref name="kept"/> bytes, or puts something in the place of others.</summary>
    private static byte[] Splice(byte[] mail, int at, int length, int? kept, params byte[] put) =>
        kept is int end ? mail.AsSpan(0, end).ToArray() : [.. mail.AsSpan(0, at), .. put, .. mail.AsSpan(at + length)];

    private static byte[] LineEnds(byte[] mail, Random random)
    {
        string text = Text(mail).Replace("\r\n", "\n");
        return Bytes(random.Next(3) switch { 0 => text, 1 => text.Replace('\n', '\r'), _ => text.Replace("\n", "\r\r\n") });
    }

    /// <summary>A piece of another mail in the middle of this one.</summary>
    private byte[] Other(byte[] mail, Random random)
    {
        byte[] other = seeds[random.Next(seeds.Count)];
        int from = random.Next(other.Length);
        return Splice(mail, random.Next(mail.Length + 1), 0, null, other.AsSpan(from, random.Next(other.Length - from + 1)).ToArray());
    }

    /// <summary>The mail in another one: attached, in a multipart that does not end, or as the text of one.</summary>
    private static byte[] Wrap(byte[] mail, Random random) => Splice(mail, 0, 0, null, Bytes(random.Next(4) switch
    {
        0 => "Subject: outer\r\nContent-Type: message/rfc822\r\n\r\n",
        1 => "Subject: outer\r\nContent-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n",
        2 => "Content-Type: multipart/related; boundary=o; type=\"text/html\"\r\n\r\n--o\r\n",
        _ => "Subject: outer\r\n\r\n",
    }));

    private static byte[] Lines(byte[] mail, Random random)
    {
        List<string> lines = [.. Text(mail).Split('\n')];
        int at = random.Next(lines.Count);
        string value = s_values[random.Next(s_values.Length)];
        switch (random.Next(8))
        {
            case 0:
                lines.RemoveAt(at);
                break;
            case 1 when lines[at].Length < LongestRepeated:
                lines.InsertRange(at, Enumerable.Repeat(lines[at], random.Next(2) == 0 ? 1 : random.Next(300)));
                break;
            case 2:
                int other = random.Next(lines.Count);
                (lines[at], lines[other]) = (lines[other], lines[at]);
                break;
            case 3:
                lines.Insert(Math.Min(at, 12), s_fields[random.Next(s_fields.Length)] + ": " + value + "\r");
                break;
            case 4:
                lines.Insert(at, s_calendar[random.Next(s_calendar.Length)] + (random.Next(3) == 0 ? ";TZID=" + s_values[random.Next(s_values.Length)] : "") + ":" + value + "\r");
                break;
            case 5 when lines[at].Length < LongestRepeated:
                lines[at] = string.Concat(Enumerable.Repeat(lines[at].TrimEnd('\r'), random.Next(2, 40))) + "\r";
                break;
            default:
                int[] named = [.. Enumerable.Range(0, lines.Count).Where(i => lines[i].IndexOf(':') > 0)];
                if (named.Length > 0)
                {
                    int line = named[random.Next(named.Length)];
                    lines[line] = lines[line].Substring(0, lines[line].IndexOf(':') + 1) + " " + value + "\r";
                }

                break;
        }

        return Bytes(string.Join("\n", lines));
    }

    private static string Text(byte[] mail) => Encoding.GetEncoding(28591).GetString(mail);

    private static byte[] Bytes(string text) => Encoding.GetEncoding(28591).GetBytes(text);
}
