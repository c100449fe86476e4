using System.Text;
using PstMigration.Formats.Tests.Mime;
using PstMigration.Mapi;
using PstMigration.Transfer;
using Xunit;

namespace PstMigration.Formats.Tests.Trees;

public sealed class MboxTests
{
    private const string From = "From a@b.c Sun Mar  1 09:30:00 2026\n";

    [Fact]
    public async Task Folders_and_items_come_back()
    {
        using Folder folder = new();

        TransferSummary first = await CopyAsync(folder.Path);
        string[] files = folder.Files();
        TransferSummary second = await CopyAsync(folder.Path);

        Assert.Equal(6, first.Count(ItemFate.Copied));
        Assert.Equal(6, second.Count(ItemFate.AlreadyThere));
        Assert.Equal(files.OrderBy(f => f, StringComparer.Ordinal), folder.Files().OrderBy(f => f, StringComparer.Ordinal));
        Assert.True(File.Exists(folder.At("受信トレイ", "受信トレイ.mbox")));
        List<(SourceFolder Folder, ItemKey Key, MapiItem Item)> back = await Store.ReadAsync(MboxSource.Open(folder.Path));
        Assert.Equal(6, back.Select(b => b.Key).Distinct().Count());
        MapiItem state = back.Single(b => b.Folder.Path.ToString() == @"受信トレイ/a\/b").Item;
        Assert.Equal(MessageFlags.Read, state.Flags & MessageFlags.Read);
        Assert.Equal(2, state.Properties.GetInt32(PropertyTags.FlagStatus));
        Assert.Equal(Mail.Sent.AddHours(1).AddTicks(1234567), state.Properties.GetTime(PropertyTags.MessageDeliveryTime));
        Assert.Equal("From the start\r\n>From quoted\r\nFrom ", back.Single(b => b.Folder.Path.ToString() == "受信トレイ/A:B").Item.Properties.GetString(PropertyTags.Body)!.TrimEnd('\n', '\r'));
    }

    [Theory]
    [InlineData("X-Keywords: Blue &ZeVnLA-     \n", "Blue, 日本", null)]
    [InlineData("X-Mozilla-Status: 0001\nX-Mozilla-Keys: work $label1 NonJunk         \n", "work, Important", null)]
    [InlineData("X-Mozilla-Status: 0001\nX-Mozilla-Status2: 04000000\n", "Work", null)]
    [InlineData("Status: RO\nX-Keywords: $Forwarded blue\nKeywords: Blue\n", "Blue", 104)]
    [InlineData("X-IMAPbase: 1795708422 0000000001 Blue Red\nX-UID: 7\n", "", null)]
    public async Task What_programs_note_in_headers_is_no_part_of_the_message(string headers, string categories, int? verb)
    {
        using Folder folder = new();
        File.WriteAllText(folder.At("plain"), From + "Subject: x\n\ny\n");
        File.WriteAllText(folder.At("noted"), From + "Subject: x\n" + headers + "\ny\n");

        MapiItem item = Assert.Single(await Store.ReadAsync(MboxSource.Open(folder.At("noted")))).Item;

        Assert.Equal(categories, string.Join(", ", item.Properties.GetStrings(PropertyNames.Keywords) ?? []));
        Assert.Equal(verb, item.Properties.GetInt32(PropertyTags.LastVerbExecuted));
        Assert.DoesNotContain("X-", item.Properties.GetString(PropertyTags.TransportMessageHeaders), StringComparison.Ordinal);
        if (!headers.Contains("\nKeywords"))
        {
            Assert.Equal(Assert.Single(MboxReader.Read(folder.At("plain"))).Id, Assert.Single(MboxReader.Read(folder.At("noted"))).Id);
        }
    }

    [Theory]
    [InlineData("jan                                                                                   ")]
    [InlineData("Mon Jan 1 1:11 ")]
    [InlineData("Jan 1 1:11 (a a a a a a ")]
    [InlineData("1 jan 1 1 jan 1:1 +0000 ")]
    public void Lines_that_could_begin_a_message_are_looked_at_once(string part)
    {
        string line = "From " + string.Concat(Enumerable.Repeat(part, 500 / part.Length)) + "x\n";
        using Folder folder = new();
        File.WriteAllText(folder.At("m"), From + "Subject: x\n\n" + string.Concat(Enumerable.Repeat(line, 2_000)));
        Assert.Single(MboxReader.Read(folder.At("m")));
    }

    [Fact]
    public async Task A_run_that_is_not_completed_changes_nothing_and_more_mail_goes_behind()
    {
        using Folder folder = new();
        await CopyAsync(folder.Path);
        string path = folder.At("受信トレイ", "受信トレイ.mbox");
        byte[] before = File.ReadAllBytes(path);
        Store more = new(("受信トレイ", FolderRole.Inbox, [Mail.Item("請求書"), Mail.Item("請求書"), Mail.Item("new")]));

        await using (IItemTarget abandoned = MailFormats.Mbox.OpenTarget(folder.Path, new ItemTargetOptions()))
        {
            TargetFolder inbox = await abandoned.OpenFolderAsync(FolderPath.Parse("受信トレイ"), FolderRole.Inbox, "", TestContext.Current.CancellationToken);
            using PreparedItem prepared = await abandoned.PrepareAsync(inbox, Mail.Item("lost"), Provenance(), TestContext.Current.CancellationToken);
            await abandoned.CommitAsync(prepared, TestContext.Current.CancellationToken);
        }

        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Single(Directory.GetFiles(folder.At("受信トレイ"), "受*"));
        Assert.Equal(1, (await Store.CopyAsync(more, MailFormats.Mbox, folder.Path)).Count(ItemFate.Copied));

        Assert.Equal(before, File.ReadAllBytes(path).AsSpan(0, before.Length).ToArray());
        Assert.Equal(["請求書", "請求書", "new"], (await Store.ReadAsync(MboxSource.Open(path))).Select(b => b.Item.Subject));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("")]
    public async Task A_newer_version_takes_the_place_of_the_older_one_and_the_rest_stays(string end)
    {
        using Folder folder = new();
        string path = folder.At("Inbox", "Inbox.mbox");
        MapiItem item = Mail.Item("changes", "From before\n\n");
        item.Properties.Set(PropertyTags.MessageClass, "IPM.Task");
        Store store = new(("Inbox", FolderRole.Inbox, [Mail.Item("first"), item, Mail.Item("last")]), ("Else", FolderRole.None, [Mail.Item("other")]));
        await Store.CopyAsync(store, MailFormats.Mbox, folder.Path);

        // Others have put mail into the file.
        File.AppendAllText(path, From + "Subject: foreign\n\ntext" + end);
        byte[] other = File.ReadAllBytes(folder.At("Else", "Else.mbox"));
        item.Properties.Set(PropertyTags.Body, "From after");
        (TransferSummary summary, List<ItemResult> results, IReadOnlyList<WrittenFile> completed) = await Store.RunAsync(store, MailFormats.Mbox, folder.Path);

        Assert.Equal((1L, 3L, 1L), (summary.Count(ItemFate.Copied), summary.Count(ItemFate.AlreadyThere), summary.Replaced));
        Assert.Equal([(path, new FileInfo(path).Length)], completed.Select(f => (f.Path, f.Length)));
        Assert.Equal([new ItemLoss(LossKind.MessageClass, "")], completed[0].Losses);
        List<(SourceFolder Folder, ItemKey Key, MapiItem Item)> read = await Store.ReadAsync(MboxSource.Open(path));
        Assert.Equal(["first", "last", "foreign", "changes"], read.Select(r => r.Item.Subject));
        Assert.StartsWith("From after", read[3].Item.Properties.GetString(PropertyTags.Body));
        Assert.Equal("text", read[2].Item.Properties.GetString(PropertyTags.Body)!.TrimEnd());
        Assert.Equal(other, File.ReadAllBytes(folder.At("Else", "Else.mbox")));
        (TransferSummary third, List<ItemResult> again, _) = await Store.RunAsync(store, MailFormats.Mbox, folder.Path);
        Assert.Equal(4, third.Count(ItemFate.AlreadyThere));
        Assert.Equal([new ItemLoss(LossKind.MessageClass, "IPM.Task")], again.Single(r => r.Summary.Subject == "changes").Losses);
    }

    [Fact]
    public async Task A_file_that_was_changed_meanwhile_loses_nothing()
    {
        using Folder folder = new();
        string path = folder.At("Inbox", "Inbox.mbox");
        Store store = new(("Inbox", FolderRole.Inbox, [Mail.Item("a", "before"), Mail.Item("b")]));
        await Store.CopyAsync(store, MailFormats.Mbox, folder.Path);
        await using (IItemTarget target = MailFormats.Mbox.OpenTarget(folder.Path, new ItemTargetOptions()))
        {
            ItemKey key = new("memory:1", "Inbox#0");
            RememberedItem old = (await target.FindAsync(key, TestContext.Current.CancellationToken)).Single();
            File.WriteAllText(path, From + "Subject: new\n\nx\n\n" + File.ReadAllText(path));
            Assert.True(await ((IItemRemover)target).RemoveAsync(old, TestContext.Current.CancellationToken));
            await target.CompleteAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(["new", "b"], (await Store.ReadAsync(MboxSource.Open(path))).Select(r => r.Item.Subject));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public async Task A_message_is_replaced_in_a_file_that_was_changed_meanwhile(bool isThere, bool replace)
    {
        using Folder folder = new();
        string path = folder.At("Inbox", "Inbox.mbox");
        MapiItem item = Mail.Item("b", "before");
        Store store = new(("Inbox", FolderRole.Inbox, [Mail.Item("a"), item, Mail.Item("c")]));
        await Store.CopyAsync(store, MailFormats.Mbox, folder.Path);
        item.Properties.Set(PropertyTags.Body, "after");
        await using (IItemTarget target = MailFormats.Mbox.OpenTarget(folder.Path, new ItemTargetOptions { Replace = replace }))
        {
            ItemKey key = new("memory:1", "Inbox#1");
            RememberedItem old = (await target.FindAsync(key, TestContext.Current.CancellationToken)).Single();
            string text = File.ReadAllText(path);
            List<MboxMessage> messages = [.. MboxReader.Read(path)];
            File.WriteAllText(path, From + "Subject: new\n\nx\n\n" + (isThere ? text : text.Remove((int)messages[1].Start, (int)(messages[1].Stop - messages[1].Start))));
            TargetFolder inbox = await target.OpenFolderAsync(FolderPath.Parse("Inbox"), FolderRole.Inbox, "", TestContext.Current.CancellationToken);
            ItemProvenance provenance = new(key, new ItemVersion("2"), null, FolderPath.Parse("Inbox"), ItemIdentity.Of(item));
            using PreparedItem prepared = await target.PrepareAsync(inbox, item, provenance, TestContext.Current.CancellationToken);
            Assert.Equal(ItemFate.Copied, (await ((IItemReplacer)target).ReplaceAsync(old, prepared, TestContext.Current.CancellationToken))!.Fate);
            await target.CompleteAsync(TestContext.Current.CancellationToken);
        }

        List<(SourceFolder Folder, ItemKey Key, MapiItem Item)> read = await Store.ReadAsync(MboxSource.Open(path));
        Assert.Equal(["new", "a", "c", "b"], read.Select(r => r.Item.Subject));
        Assert.StartsWith("after", read[3].Item.Properties.GetString(PropertyTags.Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_goes_with_its_line_however_long_that_is()
    {
        using Folder folder = new();
        string path = folder.At("Inbox", "Inbox.mbox");
        Store store = new(("Inbox", FolderRole.Inbox, [Mail.Item("a"), Mail.Item("b")]));
        await Store.CopyAsync(store, MailFormats.Mbox, folder.Path);
        string text = File.ReadAllText(path);
        File.WriteAllText(path, "From " + new string('x', 10_000) + text.Substring(text.IndexOf('\n')));
        await using (IItemTarget target = MailFormats.Mbox.OpenTarget(folder.Path, new ItemTargetOptions()))
        {
            RememberedItem old = (await target.FindAsync(new ItemKey("memory:1", "Inbox#0"), TestContext.Current.CancellationToken)).Single();
            Assert.True(await ((IItemRemover)target).RemoveAsync(old, TestContext.Current.CancellationToken));
            await target.CompleteAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal("b", Assert.Single(await Store.ReadAsync(MboxSource.Open(path))).Item.Subject);
        Assert.Equal(text.Substring((int)text.IndexOf("\nFrom ", StringComparison.Ordinal) + 1), File.ReadAllText(path));
    }

    [Fact]
    public async Task An_item_that_cannot_be_read_leaves_nothing_in_the_file()
    {
        using Folder folder = new();
        MapiItem broken = Mail.Item("broken", "b", null, Mail.File("c.bin", []));
        broken.Attachments[0].Properties[PropertyTags.AttachDataBinary] = PropertyValue.FromBinary(new BrokenSource());
        await using (IItemTarget target = MailFormats.Mbox.OpenTarget(folder.Path, new ItemTargetOptions()))
        {
            TargetFolder inbox = await target.OpenFolderAsync(FolderPath.Parse("Inbox"), FolderRole.Inbox, "", TestContext.Current.CancellationToken);
            foreach (MapiItem item in new[] { Mail.Item("a"), broken, Mail.Item("b") })
            {
                ItemKey key = new("memory:1", item.Subject);
                ItemProvenance provenance = new(key, new ItemVersion("1"), null, FolderPath.Root, ItemIdentity.Of(item));
                using PreparedItem prepared = await target.PrepareAsync(inbox, item, provenance, TestContext.Current.CancellationToken);
                if (item == broken)
                {
                    await Assert.ThrowsAsync<IOException>(() => target.CommitAsync(prepared, TestContext.Current.CancellationToken));
                }
                else
                {
                    await target.CommitAsync(prepared, TestContext.Current.CancellationToken);
                }
            }

            await target.CompleteAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(["a", "b"], (await Store.ReadAsync(MboxSource.Open(folder.Path))).Select(r => r.Item.Subject));
    }

    [Fact]
    public async Task What_cannot_be_read_is_named_with_its_place()
    {
        using Folder folder = new();
        File.WriteAllText(folder.At("x"), From + "Subject: a\n\nx\n");
        List<SourceItem> items = [];
        MboxSource source = MboxSource.Open(folder.At("x"));
        await foreach (SourceFolder f in source.ReadFoldersAsync(TestContext.Current.CancellationToken))
        {
            await foreach (SourceItem item in source.ReadItemsAsync(f, TestContext.Current.CancellationToken))
            {
                items.Add(item);
            }
        }

        File.Delete(folder.At("x"));

        MailDataException error = await Assert.ThrowsAsync<MailDataException>(() => items.Single().OpenAsync(TestContext.Current.CancellationToken));
        Assert.Equal("SourceUnreadable", error.Id);
        Assert.Contains(folder.At("x"), error.Message);
        Assert.Contains(From.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), error.Message);
        Assert.NotNull(items[0].Version);
    }

    [Fact]
    public async Task What_thunderbird_has_deleted_is_counted()
    {
        using Folder folder = new();
        File.WriteAllText(folder.At("Inbox"), From + "Subject: a\nX-Mozilla-Status: 0009\n\nx\n\n" + From + "Subject: b\n\ny\n");
        File.WriteAllText(folder.At("Inbox.msf"), "// an index");
        MboxSource source = MboxSource.Open(folder.Path);

        Assert.Single(await Store.ReadAsync(source));
        Assert.Single(await Store.ReadAsync(source));

        Assert.Equal(
            [(SourceNoticeKind.Detected, 1L), (SourceNoticeKind.PassedOver, 1L), (SourceNoticeKind.Hidden, 1L)],
            source.Report.Notices.Select(n => (n.Kind, n.Count)));
    }

    [Fact]
    public async Task Pythons_library_reads_it()
    {
        using Folder folder = new();
        await CopyAsync(folder.Path);

        string listed = Python.Run(
            """
            import mailbox, sys, email.header
            for m in mailbox.mbox(sys.argv[1], create=False):
                print(m.get_from(), m.get_flags(), str(email.header.make_header(email.header.decode_header(m['Subject']))))
            """,
            folder.At("受信トレイ", "a_b", "a_b.mbox"));

        Assert.Equal("taro@example.jp Sun Mar  1 10:30:00 2026 ROAF State", listed);
    }

    [Fact]
    public async Task What_pythons_library_writes_is_read()
    {
        using Folder folder = new();
        Python.Run(
            """
            import mailbox, sys
            box = mailbox.mbox(sys.argv[1] + '/Inbox.mbox')
            for text in ('one', 'two\n\nFrom here on\n\n>From there'):
                m = mailbox.mboxMessage('Subject: ' + text[:3] + '\n\n' + text + '\n')
                m.set_flags('RF')
                box.add(m)
            box.close()
            """,
            folder.Path);

        List<(SourceFolder Folder, ItemKey Key, MapiItem Item)> back = await Store.ReadAsync(MboxSource.Open(folder.Path));

        Assert.Equal(["Inbox one", "Inbox two"], back.Select(b => b.Folder.Path + " " + b.Item.Subject));
        Assert.StartsWith("two\r\n\r\nFrom here on\r\n\r\n", back[1].Item.Properties.GetString(PropertyTags.Body));
        Assert.All(back, b => Assert.Equal(MessageFlags.Read, b.Item.Flags & MessageFlags.Read));
        Assert.All(back, b => Assert.Equal(2, b.Item.Properties.GetInt32(PropertyTags.FlagStatus)));
    }

    [Theory]
    [InlineData("Subject: a\n\nx\n\n" + From + "Subject: b\n\ny\n", "a:x|b:y")]
    [InlineData("Subject: a\n\nx\n" + From + "Subject: b\n\ny", "a:x|b:y")]
    [InlineData("Subject: a\r\n\r\nx\r\n\r\nFrom - Sun Mar 01 09:30:00 2026\r\nSubject: b\r\n\r\ny\r\n", "a:x|b:y")]
    [InlineData("Subject: a\n\nx\n\nFrom my point of view\n", "a:x  From my point of view")]
    [InlineData("Subject: a\n\nx\n\n>From me\n>>From you\n", "a:x  From me >From you")]
    [InlineData("Subject: a\nContent-Length: 53\n\nx\n\nFrom a@b.c Sun Mar  1 09:30:00 2026\nSubject: no\n\nz\n\n" + From + "Subject: b\n\ny\n", "a:x  From a@b.c Sun Mar  1 09:30:00 2026 Subject: no  z|b:y")]
    [InlineData("Subject: a\nContent-Length: 5\n\nx\n\n" + From + "Subject: b\n\ny\n", "a:x|b:y")]
    [InlineData("Subject: a\n\n", "a:")]
    [InlineData("Subject: a\n" + From + "Subject: b\n\ny", "a:|b:y")]
    [InlineData("Subject: a\nX-Mozilla-Status: 0009\n\nx\n\n" + From + "Subject: b\nX-Mozilla-Status: 0001\n\ny\n", "b:y")]
    public async Task Flavours_are_told_apart(string text, string expected)
    {
        using Folder folder = new();
        File.WriteAllText(folder.At("x"), From + text);

        List<(SourceFolder Folder, ItemKey Key, MapiItem Item)> back = await Store.ReadAsync(MboxSource.Open(folder.At("x")));

        Assert.Equal(expected, string.Join("|", back.Select(b => b.Item.Subject + ":" + b.Item.Properties.GetString(PropertyTags.Body)!.TrimEnd('\r', '\n').Replace("\r\n", " "))));
    }

    [Fact]
    public async Task Folders_of_thunderbird_apple_mail_and_readpst_are_found()
    {
        using Folder folder = new();
        Directory.CreateDirectory(folder.At("Local.sbd", "Deep.sbd"));
        Directory.CreateDirectory(folder.At("Apple.mbox"));
        Directory.CreateDirectory(folder.At("Inbox"));
        foreach (string file in new[] { folder.At("Local"), folder.At("Local.sbd", "Sub"), folder.At("Local.sbd", "Deep.sbd", "Deeper"), folder.At("Apple.mbox", "mbox"), folder.At("Inbox", "mbox") })
        {
            File.WriteAllText(file, From + "Subject: " + Path.GetFileName(file) + "\n\nx\n");
        }

        File.WriteAllText(folder.At("Local.msf"), "// an index");

        List<(SourceFolder Folder, ItemKey Key, MapiItem Item)> back = await Store.ReadAsync(MboxSource.Open(folder.Path));

        Assert.Equal(
            ["Apple mbox", "Inbox mbox", "Local Local", "Local/Deep/Deeper Deeper", "Local/Sub Sub"],
            back.Select(b => b.Folder.Path + " " + b.Item.Subject).OrderBy(t => t, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Keys_stay_when_others_go_and_state_changes()
    {
        using Folder folder = new();
        string path = folder.At("x");
        File.WriteAllText(path, From + "Subject: a\n\nx\n\n" + From + "Subject: b\n\ny\n\n" + From + "Subject: b\n\ny\n");
        List<ItemKey> before = (await Store.ReadAsync(MboxSource.Open(path))).ConvertAll(b => b.Key);

        File.WriteAllText(path, From + "Subject: b\nStatus: RO\nX-Status: F\n\ny\n\n" + From + "Status: O\nSubject: b\n\ny\n");

        List<ItemKey> after = (await Store.ReadAsync(MboxSource.Open(path))).ConvertAll(b => b.Key);
        Assert.Equal(before.Skip(1), after);
        Assert.Equal(3, before.Distinct().Count());
    }

    [Fact]
    public async Task Signed_mail_comes_back_to_the_byte()
    {
        byte[] entity = Encoding.ASCII.GetBytes(
            "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; boundary=s\r\n\r\n--s\r\nContent-Type: text/plain\r\n\r\nFrom here\r\n\r\n\r\n"
            + "--s\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--s--\r\n");
        MapiItem item = Mail.Item("signed", null, null, Mail.File("smime.p7m", entity, null, "multipart/signed"));
        item.Properties.Set(PropertyTags.MessageClass, "IPM.Note.SMIME.MultipartSigned");
        using Folder folder = new();
        Store store = new(("Inbox", FolderRole.Inbox, [item]));

        await Store.CopyAsync(store, MailFormats.Mbox, folder.At("mbox"));
        await Store.CopyAsync(store, MailFormats.Maildir, folder.At("maildir"));
        await Store.CopyAsync(store, MailFormats.Eml, folder.At("eml"));

        foreach (IItemSource source in new IItemSource[] { MboxSource.Open(folder.At("mbox")), MaildirSource.Open(folder.At("maildir")), EmlTreeSource.Open(folder.At("eml")) })
        {
            MapiItem back = Assert.Single(await Store.ReadAsync(source)).Item;
            Assert.Equal("IPM.Note.SMIME.MultipartSigned", back.MessageClass);
            Assert.Equal(Encoding.ASCII.GetString(entity), Encoding.ASCII.GetString(Assert.Single(back.Attachments).Content!.ToArray()));
        }
    }

    [Fact]
    public void Lines_of_any_length_pass_and_quotes_come_off()
    {
        Random random = new(7);
        for (int i = 0; i < 60; i++)
        {
            StringBuilder text = new();
            for (int j = random.Next(20); j >= 0; j--)
            {
                text.Append(random.Next(6) switch
                {
                    0 => "From ",
                    1 => ">From ",
                    2 => new string('>', random.Next(300)) + "From x",
                    3 => "\n",
                    4 => new string('a', random.Next(3) == 0 ? random.Next(100_000) : 50),
                    _ => "Fro",
                }).Append(random.Next(2) == 0 ? "\n" : "");
            }

            byte[] bytes = Encoding.ASCII.GetBytes(text.ToString());
            using MemoryStream quoted = new();
            MboxQuotingStream quoting = new(quoted);
            for (int at = 0; at < bytes.Length;)
            {
                int count = Math.Min(random.Next(1, 70_000), bytes.Length - at);
                quoting.Write(bytes, at, count);
                at += count;
            }

            quoting.Finish();
            byte[] stored = quoted.ToArray();
            Assert.DoesNotContain("\nFrom ", "\n" + Encoding.ASCII.GetString(stored), StringComparison.Ordinal);
            using MemoryStream back = new();
            using Stream unquoted = new UnquotedSource(BinarySource.FromBytes(stored), stored.Length - bytes.Length).OpenRead();
            unquoted.CopyTo(back);
            if (text.ToString().IndexOf(new string('>', 240), StringComparison.Ordinal) < 0)
            {
                Assert.Equal(bytes, back.ToArray());
            }
        }
    }

    [Fact]
    public void Damaged_files_end_in_results()
    {
        byte[] sound = Encoding.ASCII.GetBytes(From + "Subject: a\nContent-Length: 3\n\nx\n\n" + From + "Subject: b\n\n>From y\n\n" + From + "X-Status: A\n\n");
        Random random = new(11);
        using Folder folder = new();
        string path = folder.At("x");
        for (int i = 0; i < 2000; i++)
        {
            byte[] bytes = (byte[])sound.Clone();
            for (int j = random.Next(1, 6); j > 0; j--)
            {
                bytes[random.Next(bytes.Length)] = random.Next(3) == 0 ? (byte)'\n' : (byte)random.Next(256);
            }

            File.WriteAllBytes(path, bytes.Take(random.Next(bytes.Length + 1)).ToArray());
            foreach (MboxMessage message in MboxReader.Read(path))
            {
                Assert.InRange(message.Begin, 0, message.End);
                byte[] read = message.Open(path).ToArray();
                Assert.Equal(message.Open(path).Length, read.Length);
            }
        }
    }

    /// <summary>An attachment too large for memory, which cannot be read.</summary>
    private sealed class BrokenSource : BinarySource
    {
        public override long? Length => 100_000_000;

        public override Stream OpenRead() => throw new IOException("bad sector");
    }

    private static async Task<TransferSummary> CopyAsync(string path)
    {
        return await Store.CopyAsync(EmlTreeTests.Sample(), MailFormats.Mbox, path);
    }

    private static ItemProvenance Provenance()
    {
        ItemDigest digest = ItemDigester.Content(Mail.Item("lost"));
        ItemKey key = new("memory:1", "lost");
        return new ItemProvenance(key, null, digest, FolderPath.Root, ItemIdentity.Of(Mail.Item("lost")));
    }
}
