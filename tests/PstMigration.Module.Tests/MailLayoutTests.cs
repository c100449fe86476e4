using System.Management.Automation;
using System.Text;
using PstMigration.Module.Tests.RoundTrip;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests;

/// <summary>Import-PstItem of mail as programs lay it out, and of what they note beside it.</summary>
public sealed class MailLayoutTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mail-layout-").FullName;

    private string Target => Path.Combine(_folder, "target.pst");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Dovecot with LAYOUT=fs, mbsync, mbsync with dots, OfflineIMAP with dots, Thunderbird; file names as Windows has them, or their colons would not be files.
    [Theory]
    [InlineData("Maildir (directories)", "cur/1.h;2,S|Archive/cur/2.h;2,S|Archive/2014/cur/3.h;2,S|!new|!tmp|!Archive/new", "Inbox:1|Archive:2|Archive/2014:3")]
    [InlineData("Maildir (directories)", "INBOX/cur/1.h,U=1;2,S|Sent/cur/2.h,U=1;2,S|Work/Projects/cur/3.h,U=1;2,F|!INBOX/new|!Sent/new", "Inbox:1|Sent:2|Work/Projects:3")]
    [InlineData("Maildir (directories)", "INBOX/cur/1.h;2,S|Work/cur/2.h;2,S|Work/.Projects/cur/3.h;2,S|!INBOX/new", "Inbox:1|Work:2|Work/Projects:3")]
    [InlineData("Maildir (directories)", "INBOX/cur/1.h;2,S|Work/cur/2.h;2,S|Work.Projects/cur/3.h;2,S|Mr. X/cur/4.h;2,S|!INBOX/new", "Inbox:1|Work:2|Work/Projects:3|Mr. X:4")]
    [InlineData("Maildir (directories)", "INBOX/cur/1.h;2,S|INBOX.Sent/cur/2.h;2,S|INBOX.Work.2014/cur/3.h;2,S|!INBOX/new", "Inbox:1|Inbox/Sent:2|Inbox/Work/2014:3")]
    [InlineData("Maildir (directories)", "inbox/cur/1.h;2,S|.inbox.directory/sub/cur/2.h;2,S|.inbox.directory/.sub.directory/deep/cur/3.h;2,S|!inbox/new", "Inbox:1|Inbox/sub:2|Inbox/sub/deep:3")]
    [InlineData("Maildir (directories)", "[Gmail]/All Mail/cur/1.h;2,S|[Gmail]/Sent Mail/cur/2.h;2,S|INBOX/cur/3.h;2,S|!INBOX/new", "[Gmail]/All Mail:1|[Gmail]/Sent Mail:2|Inbox:3")]
    [InlineData("Maildir (directories)", "INBOX/cur/1.h;2,S|&U,BTFw-/cur/2.h;2,S|!INBOX/new", "Inbox:1|台北:2")]
    [InlineData("Maildir (Thunderbird)", "Inbox/cur/1.eml|Inbox.sbd/Sub/cur/2.eml|Drafts/cur/3.eml|Inbox.msf", "Inbox:1|Inbox/Sub:2|Drafts:3")]
    [InlineData("Maildir (Thunderbird)", "Inbox/cur/1.eml|Inbox.sbd/Sub/cur/2.eml|!Inbox/tmp", "Inbox:1|Inbox/Sub:2")]
    [InlineData("Maildir", "cur/1.h;2,S|.Sent/cur/2.h;2,S|.Work.Projects/cur/3.h;2,S|!new", "Inbox:1|Sent:2|Work/Projects:3")]
    [InlineData("Eml (Apple Mail)", "INBOX.mbox/U/Data/Messages/1.emlx|INBOX.mbox/U/Data/1/2/Messages/2.emlx|INBOX.mbox/Sub.mbox/V/Data/Messages/3.emlx|Sent Messages.mbox/Messages/4.emlx|INBOX.mbox/Info.plist",
        "Inbox:1|Inbox:2|Inbox/Sub:3|Sent Messages:4")]
    [InlineData("Eml", "Inbox/1.eml|Inbox/deep/2.eml", "Inbox:1|Inbox/deep:2")]
    [InlineData("Mbox (Thunderbird)", "Inbox|Inbox.msf|Inbox.sbd/Sub|Inbox.sbd/Sub.msf", "Inbox:Inbox|Inbox/Sub:Sub")]
    [InlineData("Mbox", "inbox|.inbox.directory/sub|.inbox.directory/.sub.directory/deep", "Inbox:inbox|Inbox/sub:sub|Inbox/sub/deep:deep")]
    [InlineData("Mbox (Apple Mail)", "INBOX.mbox/mbox|INBOX.mbox/table_of_contents", "Inbox:mbox")]
    [InlineData("Eml, Mbox", "a.mbox|b.mbox|sub/c.mbox|sub/2.eml|1.eml", "a:a|b:b|sub/c:c|sub:2|/:1")]
    [InlineData("Maildir, Eml", "cur/1.h;2,S|.Sent/cur/2.h;2,S|!new|3.eml", "Inbox:1|Sent:2|/:3")]
    [InlineData("Maildir, Eml, Mbox", "Box/cur/1.h;2,S|!Box/new|mail/2.eml|3.eml|4.eml|Old|Old.msf", "Box:1|mail:2|/:3|/:4|Old:Old")]
    [InlineData("Maildir, Mbox", "INBOX/cur/1.h;2,S|!INBOX/new|Old.sbd/New|Old|Old.msf", "Inbox:1|Old:Old|Old/New:New")]
    public void Directories_are_folders(string format, string files, string expected)
    {
        string source = Write(files);
        using EngineSession session = StagedModule.Import();

        PSObject result = session.InvokeClean($"Import-PstItem '{source}' -Destination '{Target}'").Single();

        Assert.Equal(format, result.Properties["SourceFormat"].Value);
        // A new file calls a folder what its first source calls it.
        Assert.Equal(expected.Split('|').Order(StringComparer.OrdinalIgnoreCase), Listed(session), StringComparer.OrdinalIgnoreCase);
        Assert.Equal(0, Convert.ToInt32(result.Properties["Failed"].Value, null));
        string again = session.InvokeClean($"(Import-PstItem '{source}' -Destination '{Target}').Copied").Single().ToString();
        Assert.Equal("0", again);
    }

    [Fact]
    public void Of_a_folder_of_mail_of_several_formats_all_is_read_and_the_rest_is_counted()
    {
        string source = Write("1.eml|sub/2.eml");
        using EngineSession session = StagedModule.Import();
        session.InvokeClean($"$null = Import-PstItem '{source}' -Destination '{Target}'");

        Write("Old|Box/cur/3.h;2,S|!Box/new|notes.txt|sub/list.csv|sub/old.mbox");
        PSObject[] shown = [.. session.InvokeClean($"Import-PstItem '{source}' -Destination '{Target}' 3>&1")];

        PSObject result = shown.Single(o => o.BaseObject is not WarningRecord);
        Assert.Equal(("Maildir, Eml, Mbox", "5", "3", "2", "2"), (Value(result, "SourceFormat"), Value(result, "Read"), Value(result, "Copied"), Value(result, "AlreadyThere"), Value(result, "PassedOver")));
        Assert.StartsWith("2 ", shown.Single(o => o.BaseObject is WarningRecord).ToString(), StringComparison.Ordinal);
        Assert.Equal(["/:1", "Box:3", "Old:Old", "sub/old:old", "sub:2"], Listed(session));

        static string Value(PSObject of, string name) => of.Properties[name].Value.ToString()!;
    }

    [Fact]
    public void Each_folder_of_a_tree_comes_to_its_place_by_itself()
    {
        string source = Write("INBOX/cur/1.h;2,S|Sent/cur/2.h;2,S|Work/Projects/cur/3.h;2,F|Work/cur/4.h;2,S|!INBOX/new|!Sent/new|!Work/Projects/new|!Work/new");
        using EngineSession session = StagedModule.Import();

        session.InvokeClean($"Import-PstItem '{source}/*' -Destination '{Target}'");

        Assert.Equal(["INBOX:1", "Sent:2", "Work/Projects:3", "Work:4"], Listed(session));
        Assert.Equal("1", session.InvokeClean($"@(Get-PstItem '{Target}' -Folder SentItems).Count").Single().ToString());
    }

    [Fact]
    public void What_is_left_out_is_counted_and_warned()
    {
        string source = Write("INBOX/cur/1.h;2,S|INBOX/cur/.hidden|INBOX/letter.doc|Pictures/a.jpg|readme.txt|INBOX/dovecot.index|!INBOX/new|INBOX/tmp/9.h");
        using EngineSession session = StagedModule.Import();

        PSObject[] output = [.. session.InvokeClean($"Import-PstItem '{source}' -Destination '{Target}' -WarningVariable w -WarningAction SilentlyContinue; $w")];
        PSObject result = output[0];

        // A letter, a directory of pictures, a text, and what was not delivered; a hidden file and an index are no mail that anybody could miss.
        Assert.Equal(6, Convert.ToInt32(result.Properties["PassedOver"].Value, null));
        Assert.Contains(output.Skip(1), w => w.ToString()!.StartsWith("4 entries", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "Archive:t7:IsRead:Work/仕事, a|Deleted Items:t5:IsRead:|Drafts:t4:IsRead, IsDraft:|Inbox:t1:IsRead:Category Updates, 仕事|Inbox:t2:IsFlagged:|Inbox:t6::|Sent Items:t3:IsRead:")]
    [InlineData("-GmailLabels Folder", "Deleted Items:t5:IsRead:|Drafts:t4:IsRead, IsDraft:|Inbox:t1:IsRead:Category Updates, 仕事|Inbox:t2:IsFlagged:|Inbox:t6::|Sent Items:t3:IsRead:|Work/仕事:t7:IsRead:a")]
    public void Labels_of_gmail_are_state_folders_and_categories(string asked, string expected)
    {
        string source = Path.Combine(_folder, "All mail.mbox");
        string more = "From 7@xxx Tue Mar 03 01:20:30 +0000 2015\nX-GM-THRID: 7\nX-Gmail-Labels: =?UTF-8?Q?Ge=C3=B6ffnet,Work/=E4=BB=95=E4=BA=8B,a?=\n" + Message("t7") + "\n";
        File.WriteAllText(source, File.ReadAllText(Path.Combine(TestData.Corpus, "mail", "B05-takeout.mbox")) + more);
        using EngineSession session = StagedModule.Import();

        PSObject result = session.InvokeClean($"Import-PstItem '{source}' -Destination '{Target}' {asked}").Single();

        Assert.Equal("Mbox (Gmail Takeout)", result.Properties["SourceFormat"].Value);
        Assert.Equal(expected.Split('|'), States(session));
    }

    [Theory]
    [InlineData("Non lus,Boîte de réception,Suivis", "Inbox:t:IsFlagged:")]
    [InlineData("Posteingang,Ungelesen", "Inbox:t::")]
    [InlineData("Gesendet,Geöffnet,\"Freunde, alte\"", "Sent Items:t:IsRead:Freunde, alte")]
    [InlineData("Отправленные,Открыто", "Sent Items:t:IsRead:")]
    [InlineData("收件箱,未读", "Inbox:t::")]
    [InlineData("받은편지함,읽지않음", "Inbox:t::")]
    [InlineData("보낸편지함,열림,별표편지함", "Sent Items:t:IsRead, IsFlagged:")]
    [InlineData("收件匣,未讀取", "Inbox:t::")]
    [InlineData("البريد الوارد,تم الفتح", "Inbox:t:IsRead:")]
    [InlineData("Caixa de entrada,Aberta,Com estrela,Cliente/Silva", "Inbox:t:IsRead, IsFlagged:Cliente/Silva")]
    [InlineData("Важное,Входящие,Непрочитанные", "Inbox:t::Важное")]
    [InlineData("Borradores", "Drafts:t:IsRead, IsDraft:")]
    [InlineData("Papierkorb,Ungelesen", "Deleted Items:t::")]
    [InlineData("ゴミ箱,既読", "Deleted Items:t:IsRead:")]
    [InlineData("迷惑メール,スター付き,未開封", "Junk Email:t:IsFlagged:")]
    public void Labels_are_known_in_any_language(string labels, string expected)
    {
        string source = Path.Combine(_folder, "mail.mbox");
        string encoded = "=?UTF-8?B?" + Convert.ToBase64String(Encoding.UTF8.GetBytes(labels)) + "?=";
        File.WriteAllText(source, "From 7@xxx Tue Mar 03 01:20:30 +0000 2015\nX-GM-THRID: 7\nX-Gmail-Labels: " + encoded + "\n" + Message("t"));
        using EngineSession session = StagedModule.Import();

        session.InvokeClean($"Import-PstItem '{source}' -Destination '{Target}'");

        Assert.Equal([expected], States(session));
    }

    [Fact]
    public void Pine_keeps_no_mail_in_its_first_message()
    {
        using EngineSession session = StagedModule.Import();

        PSObject result = session.InvokeClean($"Import-PstItem '{Corpus("B19-pine-pseudo-message.mbox")}' -Destination '{Target}'").Single();

        Assert.Equal("1", result.Properties["PassedOver"].Value.ToString());
        Assert.Equal(["/:p1:IsRead, IsFlagged:"], States(session));
    }

    [Fact]
    public void Tags_of_thunderbird_are_categories_by_their_names()
    {
        using EngineSession session = StagedModule.Import();
        string profile = Path.Combine(_folder, "profile");
        string local = Path.Combine(profile, "Mail", "Local Folders");
        Directory.CreateDirectory(local);
        File.WriteAllText(Path.Combine(profile, "prefs.js"), "user_pref(\"mailnews.tags.$label1.tag\", \"\\u6025\\u304e\");\nuser_pref(\"mailnews.tags.work.tag\", \"At work\");\n");
        File.Copy(Corpus("B19-thunderbird-label.mbox"), Path.Combine(local, "Inbox"));
        File.WriteAllText(Path.Combine(local, "Inbox.msf"), "// <!-- <mdb:mork:z v=\"1.4\"/> -->\n");
        string draft = "From - Tue Mar  3 10:20:30 2015\nX-Mozilla-Status: 0001\nX-Mozilla-Draft-Info: internal/draft; vcard=0\n" + Message("d");
        File.WriteAllText(Path.Combine(local, "Drafts"), draft + "\nFrom - Tue Mar  3 10:20:30 2015\nReceived: from a by b; Tue, 3 Mar 2015 10:20:30 +0900\n" + Message("kept"));
        File.WriteAllText(Path.Combine(local, "Other"), draft);

        session.InvokeClean($"Import-PstItem '{Corpus("B19-thunderbird-label.mbox")}' -Destination '{Target}'");
        Assert.Equal(["/:n1:IsRead:Important, work", "/:n2::"], States(session));
        File.Delete(Target);

        session.InvokeClean($"Import-PstItem '{local}' -Destination '{Target}'");
        Assert.Equal(["Drafts:d:IsRead, IsDraft:", "Drafts:kept::", "Inbox:n1:IsRead:急ぎ, At work", "Inbox:n2::", "Other:d:IsRead, IsDraft:"], States(session));
    }

    [Theory]
    [InlineData("B18-bom.mbox")]
    [InlineData("B18-leading-blank.eml")]
    [InlineData("B18-utf16.eml")]
    [InlineData("B18-apple-emlx/INBOX.mbox/UUID/Data/Messages/1.emlx")]
    [InlineData("B18-apple-emlx")]
    public void Odd_files_are_read(string name)
    {
        using EngineSession session = StagedModule.Import();

        session.InvokeClean($"Import-PstItem '{Corpus(name)}' -Destination '{Target}'");

        PSObject[] items = [.. session.InvokeClean($"Get-PstItem '{Target}'")];
        Assert.NotEmpty(items);
        Assert.All(items, i => Assert.NotEmpty((string)i.Properties["Subject"].Value));
        Assert.All(ForeignProgram.ListWithLibpff(Target), i => Assert.False(string.IsNullOrEmpty(i.Subject)));
    }

    [Theory]
    [InlineData("\uFEFF{0}", 2)]
    [InlineData("\n\n{0}", 2)]
    [InlineData("\uFEFF\r\n{0}", 2)]
    [InlineData("cr", 2)]
    public void An_mbox_file_may_begin_and_end_lines_as_it_likes(string form, int expected)
    {
        string source = Path.Combine(_folder, "mail.mbox");
        string text = "From a@example.com Tue Mar  3 10:20:30 2015\n" + Message("a") + "\nFrom a@example.com Tue Mar  3 10:20:30 2015\n" + Message("b") + "\n";
        File.WriteAllText(source, form == "cr" ? text.Replace('\n', '\r') : form.Replace("{0}", text, StringComparison.Ordinal), new UTF8Encoding(false));
        using EngineSession session = StagedModule.Import();

        session.InvokeClean($"Import-PstItem '{source}' -Destination '{Target}'");

        Assert.Equal(expected, Listed(session).Length);
    }

    /// <summary>Mail as Thunderbird 153 put it into its local folders, marked, tagged, answered and deleted there.</summary>
    [Theory]
    [InlineData("mbox", "Mbox (Thunderbird)")]
    [InlineData("maildir", "Maildir (Thunderbird)")]
    public void Folders_of_a_real_thunderbird_come_with_state_and_tags(string store, string format)
    {
        using EngineSession session = StagedModule.Import();

        PSObject result = session.InvokeClean($"Import-PstItem '{Path.Combine(TestData.Corpus, "thunderbird", store, "Mail", "Local Folders")}' -Destination '{Target}' -WarningAction Ignore").Single();

        Assert.Equal((format, "13", "0"), (result.Properties["SourceFormat"].Value, result.Properties["Copied"].Value.ToString(), result.Properties["Failed"].Value.ToString()));
        Assert.Equal(
            [
                "Drafts:draft:IsDraft:", "Inbox:flagged:IsFlagged:", "Inbox:forwarded::", "Inbox:plain::", "Inbox:read:IsRead:", "Inbox:replied:IsRead:", "Inbox:tag1::Important",
                "Inbox:tagja::仕事", "Inbox:tags::To Do, Kunde wichtig", "Inbox:untagged::", "仕事 & Co/20147e8d3300:indeep:IsRead:", "仕事 & Co/a.b:indots::", "仕事 & Co:inwork::",
            ],
            States(session));
    }

    [Fact]
    public void The_state_and_the_attachments_of_apple_mail_come_too()
    {
        string bundle = Path.Combine(_folder, "mail", "Work.mbox", "U", "Data");
        Directory.CreateDirectory(Path.Combine(bundle, "Messages"));
        Directory.CreateDirectory(Path.Combine(bundle, "Attachments", "2", "2"));
        WriteApple(Path.Combine(bundle, "Messages", "1.emlx"), Message("flagged"), 1 + 16);
        WriteApple(Path.Combine(bundle, "Messages", "3.emlx"), Message("deleted"), 2);
        string parts = "From: a@example.com\nSubject: parts\nDate: Tue, 3 Mar 2015 10:20:30 +0900\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: text/plain\n\ntext\n"
            + "--B\nContent-Type: application/pdf; name=\"a.pdf\"\nContent-Disposition: attachment; filename=\"a.pdf\"\nX-Apple-Content-Length: 5\n\n--B--\n";
        WriteApple(Path.Combine(bundle, "Messages", "2.partial.emlx"), parts, 0);
        File.WriteAllText(Path.Combine(bundle, "Attachments", "2", "2", "a.pdf"), "%PDF-");
        using EngineSession session = StagedModule.Import();

        PSObject result = session.Invoke($"Import-PstItem '{_folder}/mail' -Destination '{Target}'").Single();

        Assert.Equal("1", result.Properties["PassedOver"].Value.ToString());
        Assert.Equal(["Work:flagged:IsRead, IsFlagged:", "Work:parts:HasAttachments:"], States(session));
        Assert.Equal("5", session.InvokeClean($"(Get-PstItem '{Target}' | Where-Object Subject -eq parts).GetAttachments()[0].Length").Single().ToString());
    }

    private static string Corpus(string name) => Path.Combine(TestData.Corpus, "mail", name);

    private static string Message(string subject) =>
        "From: Aki <aki@example.jp>\nTo: ben@example.com\nSubject: " + subject + "\nDate: Tue, 03 Mar 2015 10:20:30 +0900\nMessage-ID: <" + subject + "@x>\n\nbody\n";

    private static void WriteApple(string path, string message, int flags) => File.WriteAllText(
        path, message.Length + "\n" + message + $"<?xml version=\"1.0\"?>\n<plist version=\"1.0\"><dict><key>flags</key><integer>{flags}</integer></dict></plist>\n");

    /// <summary>Writes files of mail, each with what tells it as its subject, and directories (<c>!</c>).</summary>
    private string Write(string files)
    {
        string root = Path.Combine(_folder, "mail");
        foreach (string file in files.Split('|'))
        {
            string path = Path.Combine(root, file.TrimStart('!'));
            string name = Path.GetFileName(path);
            Directory.CreateDirectory(file[0] == '!' ? path : Path.GetDirectoryName(path)!);
            if (file[0] == '!')
            {
                continue;
            }

            string message = Message(name.Split('.')[0]);
            if (name.EndsWith(".emlx", StringComparison.Ordinal))
            {
                WriteApple(path, message, 1);
            }
            else
            {
                bool isMail = name.EndsWith(".eml", StringComparison.Ordinal) || char.IsDigit(name[0]);
                File.WriteAllText(path, isMail ? message : (name.Contains('.') && !name.EndsWith(".mbox", StringComparison.Ordinal)) || name == "table_of_contents" ? "index" : "From - Tue Mar  3 10:20:30 2015\n" + message);
            }
        }

        return root;
    }

    private string[] Listed(EngineSession session) =>
        [.. session.InvokeClean($"Get-PstItem '{Target}'").Select(i => Place(i) + ":" + i.Properties["Subject"].Value).Order(StringComparer.OrdinalIgnoreCase)];

    /// <summary>Folder, subject, what is true of each item, and its categories.</summary>
    private string[] States(EngineSession session)
    {
        List<string> states = [];
        foreach (PSObject item in session.InvokeClean($"Get-PstItem '{Target}'"))
        {
            PSObject details = PSObject.AsPSObject(item.Methods["GetDetails"].Invoke());
            string flags = string.Join(", ", new[] { "IsRead", "IsDraft", "HasAttachments" }.Where(n => item.Properties[n].Value is true).Append(details.Properties["IsFlagged"].Value is true ? "IsFlagged" : "").Where(n => n.Length > 0));
            object categories = details.Properties["Categories"].Value;
            states.Add($"{Place(item)}:{item.Properties["Subject"].Value}:{flags}:{string.Join(", ", (IEnumerable<string>)categories)}");
        }

        return [.. states.Order(StringComparer.Ordinal)];
    }

    private static string Place(PSObject item) => item.Properties["Folder"].Value.ToString()!;
}
