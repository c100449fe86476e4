using PstMigration.Formats.Tests.Mime;
using PstMigration.Mapi;
using PstMigration.Transfer;
using Xunit;

namespace PstMigration.Formats.Tests.Trees;

/// <summary>Maildirs from here to Dovecot and from Dovecot to here.</summary>
public sealed class DovecotTests
{
    [Fact]
    public async Task Dovecot_reads_what_is_written()
    {
        using Folder folder = new();
        Doveadm dovecot = new(folder, folder.At("mail"));
        await Store.CopyAsync(Sample(), MailFormats.Maildir, folder.At("mail"));

        string[] folders = dovecot.Run("mailbox list").Split('\n');
        List<Dictionary<string, string>> mails = dovecot.Fetch("flags date.received hdr.subject.utf8 size.physical");

        Assert.Equal(
            ["Archive", "INBOX", "INBOX/請求書", "INBOX/請求書/2026 & 2025", "Sent", "プロジェクト", "プロジェクト/東京😀"],
            folders.OrderBy(f => f, StringComparer.Ordinal));
        Assert.Equal(
            [
                "INBOX/請求書/2026 & 2025|all|\\Answered \\Flagged \\Seen|2026-03-01 10:30:00",
                "INBOX/請求書/2026 & 2025|draft|\\Draft|2026-03-01 11:30:00",
                "INBOX/請求書|unread||2026-03-01 09:30:00",
                "INBOX|見積もり ①|\\Seen|1999-12-31 23:59:59",
                "Sent|forwarded|\\Seen|2026-03-01 09:30:00",
                "プロジェクト/東京😀|deep||2026-03-01 09:30:00",
            ],
            mails.Select(m => $"{m["mailbox"]}|{m["hdr.subject.utf8"]}|{m["flags"].Replace("\\Recent", "").Trim()}|{m["date.received"]}").OrderBy(m => m, StringComparer.Ordinal));
        Assert.Equal("messages=1 unseen=1", dovecot.Run("mailbox status \"messages unseen\" INBOX/請求書").Split([' '], 2)[1]);
        Assert.Equal(
            Directory.GetFiles(folder.At("mail"), "*pstmigration*", SearchOption.AllDirectories).Select(f => new FileInfo(f)).Where(f => f.DirectoryName!.EndsWith("cur", StringComparison.Ordinal)).Sum(f => f.Length),
            mails.Sum(m => long.Parse(m["size.physical"], System.Globalization.CultureInfo.InvariantCulture)));

        string decoded = dovecot.Run("fetch text.utf8 mailbox INBOX all");
        Assert.Contains("Subject: 見積もり ①", decoded, StringComparison.Ordinal);
        Assert.Contains("本文です。半角ｶﾅと😀", decoded, StringComparison.Ordinal);
        Assert.NotEmpty(dovecot.Run("search mailbox INBOX/請求書/* subject all"));
        Assert.Contains("添付.txt", dovecot.Run("fetch imap.bodystructure mailbox INBOX all").Replace("%E6%B7%BB%E4%BB%98", "添付"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_dovecot_did_to_a_maildir_makes_nothing_new()
    {
        using Folder folder = new();
        Doveadm dovecot = new(folder, folder.At("mail"));
        await Store.CopyAsync(Sample(), MailFormats.Maildir, folder.At("mail"));
        dovecot.Run("flags add \"\\Seen \\Deleted Blue\" mailbox INBOX/請求書 all");
        dovecot.Run("flags replace \"\\Answered\" mailbox Sent all");
        dovecot.Run("move Archive mailbox INBOX all");

        TransferSummary second = await Store.CopyAsync(Sample(), MailFormats.Maildir, folder.At("mail"));

        Assert.Equal(6, second.Count(ItemFate.AlreadyThere));
        List<(SourceFolder Folder, ItemKey Key, MapiItem Item)> back = await Store.ReadAsync(MaildirSource.Open(folder.At("mail")));
        Assert.Equal(6, back.Count);
        MapiItem moved = back.Single(b => b.Folder.Role == FolderRole.Archive).Item;
        Assert.Equal("見積もり ①", moved.Subject);
        Assert.Equal(new DateTimeOffset(1999, 12, 31, 23, 59, 59, TimeSpan.Zero), moved.Properties.GetTime(PropertyTags.MessageDeliveryTime));
        MapiItem marked = back.Single(b => b.Item.Subject == "unread").Item;
        Assert.Equal(MessageFlags.Read, marked.Flags & MessageFlags.Read);
        Assert.Equal(["Blue"], marked.Properties.GetStrings(PropertyNames.Keywords));
    }

    [Fact]
    public async Task Dovecot_reads_mbox_files()
    {
        using Folder folder = new();
        await Store.CopyAsync(Sample(), MailFormats.Mbox, folder.At("mail"));

        List<ItemKey> keys = (await Store.ReadAsync(MboxSource.Open(folder.At("mail")))).ConvertAll(b => b.Key);
        Doveadm dovecot = new(folder, folder.At("mail"), "mbox:{0}:UTF-8:INBOX={0}/none");
        List<Dictionary<string, string>> mails = dovecot.Fetch("flags date.received hdr.subject.utf8", "mailbox *.mbox ALL");

        Assert.Equal(
            [
                "プロジェクト/東京😀/東京😀.mbox|deep||2026-03-01 09:30:00",
                "受信トレイ/受信トレイ.mbox|見積もり ①|\\Seen|1999-12-31 23:59:59",
                "受信トレイ/請求書/2026 & 2025/2026 & 2025.mbox|all|\\Answered \\Flagged \\Seen|2026-03-01 10:30:00",
                "受信トレイ/請求書/2026 & 2025/2026 & 2025.mbox|draft|\\Draft|2026-03-01 11:30:00",
                "受信トレイ/請求書/請求書.mbox|unread||2026-03-01 09:30:00",
                "送信済み/送信済み.mbox|forwarded|\\Seen|2026-03-01 09:30:00",
            ],
            mails.Select(m => $"{m["mailbox"]}|{m["hdr.subject.utf8"]}|{m["flags"].Replace("\\Recent", "").Trim()}|{m["date.received"]}").OrderBy(m => m, StringComparer.Ordinal));

        // It writes numbers and flags into the files; what they hold stays known and the same.
        dovecot.Run("flags add \"\\Seen \\Flagged Blue $Forwarded\" mailbox 受信トレイ/請求書/請求書.mbox all");
        Assert.Equal(6, (await Store.CopyAsync(Sample(), MailFormats.Mbox, folder.At("mail"))).Count(ItemFate.AlreadyThere));
        List<(SourceFolder Folder, ItemKey Key, MapiItem Item)> back = await Store.ReadAsync(MboxSource.Open(folder.At("mail")));
        Assert.Equal(["all", "deep", "draft", "forwarded", "unread", "見積もり ①"], back.Select(b => b.Item.Subject).OrderBy(s => s, StringComparer.Ordinal));
        Assert.Equal(keys.Select(k => k.Id).OrderBy(k => k, StringComparer.Ordinal), back.Select(b => b.Key.Id).OrderBy(k => k, StringComparer.Ordinal));
        MapiItem marked = back.Single(b => b.Item.Subject == "unread").Item;
        Assert.Equal(["Blue"], marked.Properties.GetStrings(PropertyNames.Keywords));
        Assert.Equal((MessageFlags.Read, 2), (marked.Flags & MessageFlags.Read, marked.Properties.GetInt32(PropertyTags.FlagStatus)));
        Assert.DoesNotMatch("(?i)X-UID|X-IMAP|X-Keywords", marked.Properties.GetString(PropertyTags.TransportMessageHeaders));
        MapiItem read = back.Single(b => b.Folder.Role == FolderRole.Inbox).Item;
        Assert.Equal("本文です。半角ｶﾅと😀", BodyText.ReadPlainText(read).TrimEnd());
        Assert.Equal([65], Assert.Single(read.Attachments).Content!.ToArray());
    }

    [Fact]
    public async Task What_dovecot_writes_is_read()
    {
        using Folder folder = new();
        Doveadm dovecot = new(folder, folder.At("mail"));
        dovecot.Run("mailbox create -s 受信/請求書/2026 Drafts A&B Sent");
        dovecot.Run("save -m INBOX", "Received: from a by b; Mon, 2 Mar 2026 10:00:05 +0900\nSubject: plain\nDate: Mon, 2 Mar 2026 10:00:00 +0900\n\nFrom here\n");
        dovecot.Run("save -m 受信/請求書/2026", "Subject: =?UTF-8?B?5pel5pys?=\nKeywords: own\nContent-Type: text/plain; charset=utf-8\n\n日本\n");
        dovecot.Run("save -m Drafts", "Subject: draft\n\nx\n");
        dovecot.Run("save -m Sent", "Subject: sent\n\nx\n");
        dovecot.Run("flags add \"\\Seen \\Answered \\Flagged\" mailbox 受信/請求書/2026 all");
        dovecot.Run("flags add \"Blue $Forwarded $MDNSent NonJunk &ZeVnLA- own\" mailbox 受信/請求書/2026 all");
        dovecot.Run("flags add \"\\Draft\" mailbox Drafts all");
        dovecot.Run("flags add \"\\Seen $Forwarded\" mailbox Sent all");

        List<(SourceFolder Folder, ItemKey Key, MapiItem Item)> back = await Store.ReadAsync(MaildirSource.Open(folder.At("mail")));

        Assert.Equal(
            [
                "Drafts|Drafts|draft|Unsent|0|0|",
                "INBOX|Inbox|plain|None|0|0|",
                "Sent|SentItems|sent|Read|104|0|",
                "受信/請求書/2026|None|日本|Read|102|2|own, Blue, 日本",
            ],
            back.Select(b => string.Join(
                "|",
                b.Folder.Path,
                b.Folder.Role,
                b.Item.Subject,
                b.Item.Flags & (MessageFlags.Read | MessageFlags.Unsent),
                b.Item.Properties.GetInt32(PropertyTags.LastVerbExecuted) ?? 0,
                b.Item.Properties.GetInt32(PropertyTags.FlagStatus) ?? 0,
                string.Join(", ", b.Item.Properties.GetStrings(PropertyNames.Keywords) ?? []))).OrderBy(b => b, StringComparer.Ordinal));
        Assert.Contains("A&B", (await Store.FoldersAsync(MaildirSource.Open(folder.At("mail")))).Select(f => f.Path.ToString()));
        Assert.Equal("From here", BodyText.ReadPlainText(back.Single(b => b.Item.Subject == "plain").Item).TrimEnd());
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 1, 0, 5, TimeSpan.Zero), back.Single(b => b.Item.Subject == "plain").Item.Properties.GetTime(PropertyTags.MessageDeliveryTime));
    }

    private static Store Sample() => new(
        ("受信トレイ", FolderRole.Inbox, [With(Mail.Item("見積もり ①", "本文です。半角ｶﾅと😀\r\n", null, Mail.File("添付.txt", [65])), MessageFlags.Read, 0, 0, new DateTimeOffset(1999, 12, 31, 23, 59, 59, TimeSpan.Zero))]),
        ("受信トレイ/請求書", FolderRole.None, [Mail.Item("unread")]),
        ("受信トレイ/請求書/2026 & 2025", FolderRole.None, [With(Mail.Item("all"), MessageFlags.Read, 103, 2, Mail.Sent.AddHours(1)), With(Mail.Item("draft"), MessageFlags.Unsent, 0, 0, Mail.Sent.AddHours(2))]),
        ("送信済み", FolderRole.SentItems, [With(Mail.Item("forwarded"), MessageFlags.Read, 104, 0, null)]),
        ("保存", FolderRole.Archive, []),
        ("プロジェクト/東京😀", FolderRole.None, [Mail.Item("deep")]));

    private static MapiItem With(MapiItem item, MessageFlags flags, int verb, int flag, DateTimeOffset? received)
    {
        item.Properties.Set(PropertyTags.MessageFlags, (int)flags);
        item.Properties.Set(PropertyTags.LastVerbExecuted, verb);
        item.Properties.Set(PropertyTags.FlagStatus, flag);
        if (received is DateTimeOffset time)
        {
            item.Properties.Set(PropertyTags.MessageDeliveryTime, time);
        }

        return item;
    }
}
