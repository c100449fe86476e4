using System.Text;
using PstMigration.Formats.Tests.Mime;
using PstMigration.Mapi;
using PstMigration.Transfer;
using Xunit;

namespace PstMigration.Formats.Tests.Trees;

public sealed class MaildirTests
{
    [Fact]
    public async Task Folders_and_items_come_back()
    {
        using Folder folder = new();

        TransferSummary first = await Store.CopyAsync(EmlTreeTests.Sample(), MailFormats.Maildir, folder.Path);
        TransferSummary second = await Store.CopyAsync(EmlTreeTests.Sample(), MailFormats.Maildir, folder.Path);

        Assert.Equal(6, first.Count(ItemFate.Copied));
        Assert.Equal(6, second.Count(ItemFate.AlreadyThere));
        Assert.Equal(6, Directory.GetFiles(folder.Path, "*.pstmigration*", SearchOption.AllDirectories).Count(f => f.IndexOf(Path.DirectorySeparatorChar + "cur" + Path.DirectorySeparatorChar, StringComparison.Ordinal) > 0));
        List<(SourceFolder Folder, ItemKey Key, MapiItem Item)> back = await Store.ReadAsync(MaildirSource.Open(folder.Path));
        Assert.Equal(
            ["CON", "予定", "受信トレイ", "受信トレイ", "受信トレイ/A:B", @"受信トレイ/a\/b"],
            back.Select(b => b.Folder.Path.ToString()).OrderBy(p => p, StringComparer.Ordinal));
        MapiItem read = back.Single(b => b.Folder.Path.ToString() == @"受信トレイ/a\/b").Item;
        Assert.Equal(MessageFlags.Read, read.Flags & MessageFlags.Read);
        Assert.Equal(102, read.Properties.GetInt32(PropertyTags.LastVerbExecuted));
        Assert.Equal(2, read.Properties.GetInt32(PropertyTags.FlagStatus));
        Assert.Equal(Mail.Sent.AddHours(1).AddTicks(1234567), read.Properties.GetTime(PropertyTags.MessageDeliveryTime));
        Assert.Equal("From the start\r\n>From quoted\r\nFrom ", back.Single(b => b.Folder.Path.ToString() == "受信トレイ/A:B").Item.Properties.GetString(PropertyTags.Body)!.TrimEnd('\n', '\r'));
    }

    [Fact]
    public async Task Folders_keep_names_nesting_class_and_role()
    {
        using Folder folder = new();
        string deep = string.Join("/", Enumerable.Range(1, 8).Select(i => new string('深', 20) + i));
        await using (IItemTarget target = MailFormats.Maildir.OpenTarget(folder.Path, new ItemTargetOptions()))
        {
            // Nobody has named the Inbox: what is below a folder of that name is below it all the same.
            await OpenAsync(target, "受信トレイ/請求書");
            await OpenAsync(target, "受信トレイ/請求書/a.b ~ c");
            await OpenAsync(target, "Contacts", FolderRole.Contacts, "IPF.Contact");
            await OpenAsync(target, "Archive");
            await OpenAsync(target, "Projects/Old", FolderRole.Archive);
            await OpenAsync(target, deep);
            await OpenAsync(target, deep + "/b");
        }

        List<SourceFolder> read = await Store.FoldersAsync(MaildirSource.Open(folder.Path));

        Assert.True(Directory.Exists(folder.At(".INBOX." + ModifiedUtf7.Encode("請求書"))));
        Assert.All(Directory.GetDirectories(folder.Path), d => Assert.True(Path.GetFileName(d).Length <= 204));
        string[] paths = [.. read.Select(f => f.Path.ToString())];
        Assert.Contains("受信トレイ/請求書/a.b ~ c", paths);
        Assert.Contains(deep, paths);
        Assert.Contains(deep + "/b", paths);
        Assert.Equal(FolderRole.Inbox, read[0].Role);
        Assert.Equal("受信トレイ", read[0].Path.ToString());
        Assert.Equal((FolderRole.Contacts, "IPF.Contact"), read.Where(f => f.Path.Name == "Contacts").Select(f => (f.Role, f.ContainerClass)).Single());

        // A folder that is only called so is none of that role.
        Assert.Equal(FolderRole.None, read.Single(f => f.Path.Name == "Archive").Role);
        Assert.Equal(FolderRole.Archive, read.Single(f => f.Path.Name == "Old").Role);
    }

    [Fact]
    public async Task What_lies_in_the_root_comes_into_the_inbox_and_that_is_told()
    {
        using Folder folder = new();
        Store store = new(("", FolderRole.Root, [Mail.Item("in the root")]));

        for (int i = 0; i < 2; i++)
        {
            (_, List<ItemResult> results, _) = await Store.RunAsync(store, MailFormats.Maildir, folder.Path);
            Assert.Equal(i == 0 ? ItemFate.Copied : ItemFate.AlreadyThere, results[0].Fate);
            Assert.Equal([new ItemLoss(LossKind.Folder, LossMeaning.InNoFolder)], results[0].Losses);
        }
    }

    [Fact]
    public async Task Copies_are_known_by_their_names_and_by_their_headers()
    {
        using Folder folder = new();
        MapiItem item = Mail.Item("a", "before");
        item.Properties.Set(PropertyTags.MessageClass, "IPM.Task");
        Store store = new(("Inbox", FolderRole.Inbox, [item, Mail.Item("b")]));
        await Store.CopyAsync(store, MailFormats.Maildir, folder.Path);
        string[] files = Directory.GetFiles(folder.At("cur"));
        File.Delete(folder.At(ItemLedger.FileName));

        // A server moves one and gives it another name.
        Directory.CreateDirectory(folder.At(".Other", "cur"));
        string moved = folder.At(".Other", "cur", "1.M2P3.host:2,S");
        File.Move(files[0], moved);
        item.Properties.Set(PropertyTags.Body, "after");
        (TransferSummary summary, List<ItemResult> results, _) = await Store.RunAsync(store, MailFormats.Maildir, folder.Path);

        Assert.Equal([ItemFate.Copied, ItemFate.AlreadyThere], results.Select(r => r.Fate));
        Assert.Equal(1, summary.Replaced);
        Assert.Equal([LossKind.MessageClass], results[0].Losses.Select(l => l.Kind));
        Assert.Equal(2, (await Store.ReadAsync(MaildirSource.Open(folder.Path))).Count);
        Assert.Single(Directory.GetFiles(folder.At("cur")));
    }

    [Fact]
    public async Task Pythons_library_reads_it()
    {
        using Folder folder = new();
        await Store.CopyAsync(EmlTreeTests.Sample(), MailFormats.Maildir, folder.Path);

        string listed = Python.Run(
            """
            import mailbox, sys, email.header
            def show(box, name):
                for key in sorted(box.keys()):
                    m = box[key]
                    print(name, m.get_flags(), str(email.header.make_header(email.header.decode_header(m['Subject']))), m.get_date() if False else '')
                for f in sorted(box.list_folders()):
                    pass
            root = mailbox.Maildir(sys.argv[1], create=False)
            show(root, 'INBOX')
            for f in sorted(root.list_folders()):
                show(root.get_folder(f), f)
            """,
            folder.Path);

        Assert.Equal("INBOX  請求書 \nINBOX  請求書 \n&Tohbmg-  会議 \nINBOX.A_B (2)  x \nINBOX.a_b FRS State \n_CON   ", listed);
    }

    [Fact]
    public async Task What_pythons_library_writes_is_read()
    {
        using Folder folder = new();
        Python.Run(
            """
            import mailbox, sys
            root = mailbox.Maildir(sys.argv[1] + '/m')
            m = mailbox.MaildirMessage('Subject: one\n\nbody\n')
            m.set_flags('FS')
            root.add(m)
            root.add_folder('Sent').add('Subject: two\n\nbody\n')
            """,
            folder.Path);

        List<(SourceFolder Folder, ItemKey Key, MapiItem Item)> back = await Store.ReadAsync(MaildirSource.Open(folder.At("m")));

        Assert.True(MaildirSource.IsMaildir(folder.At("m")));
        Assert.Equal(["INBOX one", "Sent two"], back.Select(b => b.Folder.Path + " " + b.Item.Subject));
        Assert.Equal([FolderRole.Inbox, FolderRole.SentItems], back.Select(b => b.Folder.Role));
        Assert.Equal(MessageFlags.Read, back[0].Item.Flags & MessageFlags.Read);
        Assert.Equal(2, back[0].Item.Properties.GetInt32(PropertyTags.FlagStatus));
    }

    [Fact]
    public async Task What_a_loss_of_power_left_empty_is_written_again()
    {
        using Folder folder = new();
        await Store.CopyAsync(EmlTreeTests.Sample(), MailFormats.Maildir, folder.Path);
        string file = Directory.GetFiles(folder.At("cur"))[0];
        byte[] bytes = File.ReadAllBytes(file);
        File.WriteAllBytes(file, []);

        await Store.CopyAsync(EmlTreeTests.Sample(), MailFormats.Maildir, folder.Path);

        Assert.Equal(bytes, File.ReadAllBytes(file));
    }

    [Fact]
    public async Task Keys_stay_when_flags_change_and_mail_is_moved()
    {
        using Folder folder = new();
        await Store.CopyAsync(EmlTreeTests.Sample(), MailFormats.Maildir, folder.Path);
        MaildirSource source = MaildirSource.Open(folder.Path);
        List<ItemKey> before = (await Store.ReadAsync(source)).ConvertAll(b => b.Key);
        string file = Directory.GetFiles(folder.At("cur"))[0];
        string name = Path.GetFileName(file);

        File.Move(file, folder.At("._CON", "cur", name + "S"));

        List<ItemKey> after = (await Store.ReadAsync(MaildirSource.Open(folder.Path))).ConvertAll(b => b.Key);
        Assert.Equal(before.Select(k => k.Id).OrderBy(k => k, StringComparer.Ordinal), after.Select(k => k.Id).OrderBy(k => k, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("1.x:2,FRS", "1.x", true)]
    [InlineData("1.x;2,S", "1.x", true)]
    [InlineData("1.x!2,S", "1.x", true)]
    [InlineData("1.x:2,", "1.x", false)]
    [InlineData("1.x", "1.x", false)]
    [InlineData("1.x,S=12:2,Sab", "1.x,S=12", true)]
    [InlineData(":2,S", ":2,S", false)]
    public void Names_of_files_are_read(string name, string unique, bool isRead)
    {
        MaildirName parsed = MaildirName.Parse(name);

        Assert.Equal(unique, parsed.Unique);
        Assert.Equal(isRead, parsed.State.IsRead);
    }

    [Theory]
    [InlineData("0 $Forwarded\n1 Blue\n25 &ZeVnLA-\n", "abz", "Blue, 日本", true)]
    [InlineData("0 Blue\n1 Junk\n2 $Label1\n", "ab", "Blue", false)]
    [InlineData("26 x\n-1 y\n0\nz\n 1 q\n99999999999 r\n2 \n\0", "abc", "", false)]
    [InlineData("", "abcXYZ", "", false)]
    public async Task Keywords_become_categories(string file, string letters, string categories, bool isForwarded)
    {
        using Folder folder = new();
        Directory.CreateDirectory(folder.At("cur"));
        Directory.CreateDirectory(folder.At("new"));
        File.WriteAllText(folder.At("dovecot-keywords"), file);
        File.WriteAllText(folder.At("cur", "1.x:2,S" + letters), "Subject: x\n\ny\n");

        MapiItem item = Assert.Single(await Store.ReadAsync(MaildirSource.Open(folder.Path))).Item;

        Assert.Equal(categories, string.Join(", ", item.Properties.GetStrings(PropertyNames.Keywords) ?? []));
        Assert.Equal(isForwarded ? 104 : null, item.Properties.GetInt32(PropertyTags.LastVerbExecuted));
    }

    [Theory]
    [InlineData("Inbox", "Inbox")]
    [InlineData("台北", "&U,BTFw-")]
    [InlineData("A&B", "A&-B")]
    [InlineData("Entwürfe", "Entw&APw-rfe")]
    [InlineData("😀", "&2D3eAA-")]
    public void Names_of_folders_are_as_imap_writes_them(string name, string encoded)
    {
        Assert.Equal(encoded, ModifiedUtf7.Encode(name));
        Assert.Equal(name, ModifiedUtf7.Decode(encoded));
    }

    [Fact]
    public void Any_name_of_a_folder_is_read()
    {
        Random random = new(3);
        for (int i = 0; i < 20000; i++)
        {
            StringBuilder name = new();
            for (int j = random.Next(12); j >= 0; j--)
            {
                name.Append("&-,+AbZ0./é"[random.Next(11)]);
            }

            string text = ModifiedUtf7.Decode(name.ToString());

            Assert.Equal(text, ModifiedUtf7.Decode(ModifiedUtf7.Encode(text)));
        }
    }

    private static Task<TargetFolder> OpenAsync(IItemTarget target, string path, FolderRole role = FolderRole.None, string containerClass = "") =>
        target.OpenFolderAsync(FolderPath.Parse(path), role, containerClass, TestContext.Current.CancellationToken);
}
