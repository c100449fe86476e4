using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PstMigration.Tests;

namespace PstMigration.Module.Tests.Examples;

/// <summary>The files the examples name, but for data files: those are made of <c>tree</c>.</summary>
internal static class ExampleFiles
{
    private static readonly string s_key = new('5', 64);

    /// <summary>Writes them below a folder.</summary>
    public static void Write(string folder)
    {
        DateTimeOffset lastWeek = TimeProvider.System.GetUtcNow().AddDays(-7);
        DateTimeOffset lastYear = lastWeek.AddYears(-1);
        Save(folder, "tree/Inbox/1.eml", Mail(lastWeek, "hana@example.com", "Minutes of the meeting"));
        Save(folder, "tree/Inbox/2.eml", Mail(lastYear, "hana@example.com", "The contract", """
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain

            Attached.
            --b
            Content-Type: application/pdf; name=contract.pdf
            Content-Disposition: attachment; filename=contract.pdf
            Content-Transfer-Encoding: base64

            JVBERi0xLjQK
            --b--
            """));
        Save(folder, "tree/Inbox/3.eml", Mail(lastYear.AddYears(-4), "news@example.net", "Monthly newsletter"));
        Save(folder, "tree/Inbox/Projects/2019/1.eml", Mail(lastYear, "jiro@example.jp", "Plan for the year"));
        Save(folder, "tree/Projects/2019/1.eml", Mail(lastYear, "jiro@example.jp", "Report of the year"));
        Save(folder, "tree/Invoices/1.eml", Mail(new DateTimeOffset(2023, 11, 20, 9, 0, 0, TimeSpan.Zero), "shop@example.net", "Invoice 2023-11"));
        Save(folder, "tree/Inbox/プロジェクト/2019/1.eml", Mail(lastYear, "jiro@example.jp", "年間計画"));
        Save(folder, "tree/Inbox/4.eml", Mail(lastYear.AddYears(-4), "news@example.net", "月刊ニュースレター"));
        Save(folder, "tree/プロジェクト/2019/1.eml", Mail(lastYear, "jiro@example.jp", "年次報告"));
        Save(folder, "tree/請求書/1.eml", Mail(new DateTimeOffset(2023, 12, 20, 9, 0, 0, TimeSpan.Zero), "shop@example.net", "請求書 2023-12"));
        Save(folder, "tree/Sent Items/1.eml", Mail(lastYear, "taro@example.jp", "Re: Plan for the year"));
        Save(folder, "tree/Deleted Items/Old/1.eml", Mail(lastYear, "jiro@example.jp", "Wrong number"));

        // An appointment an export wrote, with the key of its tree: the calendar of a mail from elsewhere stays with the mail.
        Save(folder, "tree/.pstmigration-key", s_key + "\n");
        Save(folder, "tree/Calendar/1.eml", Mail(lastYear, "taro@example.jp", "Stand-up", $"""
            X-PstMigration-Proof: {Proof()}
            MIME-Version: 1.0
            Content-Type: text/calendar; method=PUBLISH; charset=utf-8

            BEGIN:VCALENDAR
            VERSION:2.0
            PRODID:-//PstMigration//EN
            METHOD:PUBLISH
            BEGIN:VEVENT
            UID:stand-up@example.jp
            DTSTAMP:{lastYear:yyyyMMddTHHmmssZ}
            DTSTART:{lastYear:yyyyMMddTHHmmssZ}
            DTEND:{lastYear.AddMinutes(15):yyyyMMddTHHmmssZ}
            RRULE:FREQ=WEEKLY;COUNT=20
            SUMMARY:Stand-up
            END:VEVENT
            END:VCALENDAR
            """));
        Save(folder, "D/Export/archive/Inbox/1.eml", Mail(lastYear, "hana@example.com", "Exported"));
        Save(folder, "D/Profile/Mail/Local Folders/Inbox", Mbox(Mail(lastYear, "hana@example.com", "In Thunderbird")));
        Save(folder, "Takeout/Mail/All mail Including Spam and Trash.mbox", Mbox("X-Gmail-Labels: Inbox,Travel\n" + Mail(lastYear, "hana@example.com", "In Gmail")));
        string apple = Mail(lastYear, "hana@example.com", "In Apple Mail");
        Save(folder, "home/Library/Mail/V10/ABCD/INBOX.mbox/1234/Data/Messages/1.emlx", Encoding.UTF8.GetByteCount(apple).ToString(CultureInfo.InvariantCulture) + "\n" + apple);
        foreach (string part in new[] { "cur", "new", "tmp" })
        {
            Directory.CreateDirectory(Path.Combine(folder, "home", "Maildir", part));
        }

        Save(folder, "home/Maildir/cur/1.M1.host:2,S", Mail(lastYear, "hana@example.com", "In a Maildir"));
        Save(folder, "home/.thunderbird/profiles.ini", "[Profile0]\nName=default\nIsRelative=1\nPath=default\n");
        Save(folder, "home/.thunderbird/default/prefs.js", """
            user_pref("mail.accountmanager.accounts", "account1");
            user_pref("mail.account.account1.server", "server1");
            user_pref("mail.account.account1.identities", "id1");
            user_pref("mail.identity.id1.useremail", "taro@nifty.com");
            user_pref("mail.server.server1.type", "pop3");
            user_pref("mail.server.server1.hostname", "pop.nifty.com");
            user_pref("mail.server.server1.port", 995);
            user_pref("mail.server.server1.socketType", 3);
            user_pref("mail.server.server1.leave_on_server", false);
            """);
        Save(folder, "batch.csv", "Mailbox,Path\ntaro@example.jp,2020.pst\n");
        Save(folder, "addresses.txt", "taro@hotmail.co.jp\nhana@gmail.com\n");
        File.Copy(Path.Combine(TestData.Corpus, "registry", "outlook-365.reg"), Path.Combine(folder, "outlook.reg"));
    }

    /// <summary>The proof of a message with no other header of the project.</summary>
    private static string Proof()
    {
        string[] proven = ["Marker", "Source", "Version", "Digest", "Folder", "Place", "Identity", "Time", "Losses", "Received", "Class", "Seal"];
        string text = string.Concat(proven.Select(p => $"X-PstMigration-{p}:\n"));
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(s_key), Encoding.UTF8.GetBytes(text)));
    }

    private static string Mail(DateTimeOffset date, string from, string subject, string rest = "\nText.\n") => string.Create(
        CultureInfo.InvariantCulture, $"From: {from}\nTo: taro@example.jp\nSubject: {subject}\nDate: {date:r}\nMessage-ID: <{subject.Replace(' ', '.')}@example.com>\n") + rest.ReplaceLineEndings("\n");

    private static string Mbox(string mail) => "From - Mon Jan  1 00:00:00 2024\n" + mail + "\n";

    private static void Save(string folder, string name, string text)
    {
        string path = Path.Combine(folder, name.Replace('/', Path.DirectorySeparatorChar));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text, new UTF8Encoding(false));
    }
}
