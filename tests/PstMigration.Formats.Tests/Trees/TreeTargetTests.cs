using System.Globalization;
using System.Text;
using PstMigration.Formats.Tests.Mime;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Formats.Tests.Trees;

/// <summary>Trees with a file or a directory for each item, whatever is in it.</summary>
public sealed class TreeTargetTests
{
    private static readonly FolderPath s_folder = FolderPath.Parse("受信トレイ/請求書");
    private static readonly ItemTargetOptions s_utc = new() { Zone = TimeZoneInfo.Utc };

    public static IEnumerable<TheoryDataRow<string>> Formats => new[] { "Eml", "Html", "Text", "Json", "Attachment" }.Select(f => new TheoryDataRow<string>(f));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_is_named_by_time_subject_and_source()
    {
        using Folder folder = new();

        WriteResult written = await WriteAsync(folder, "Eml", Key(1), Mail.Item("見積: A/B?"));

        Assert.Equal(ItemFate.Copied, written.Fate);
        WrittenFile file = Assert.Single(written.Files);
        Assert.Matches(@"^2026-03-01 0930 見積_ A_B_ \([0-9a-f]{12}\)\.eml$", Path.GetFileName(file.Path));
        Assert.Equal(folder.At("受信トレイ", "請求書"), Path.GetDirectoryName(file.Path));
        Assert.Equal(Mail.Sent.UtcDateTime, File.GetLastWriteTimeUtc(file.Path));
        Assert.Equal(new FileInfo(file.Path).Length, file.Length);
        Assert.Equal("見積: A/B?", Mail.Parse(File.ReadAllBytes(file.Path)).Subject);
    }

    [Fact]
    public async Task Rtf_lies_beside_the_html_made_from_it()
    {
        using Folder folder = new();
        byte[] rtf = @"{\rtf1 {\b bold}}"u8.ToArray();
        MapiItem item = Mail.Item("a", null);
        item.Properties.Set(PropertyTags.RtfCompressed, CompressedRtf.Compress(rtf));

        WriteResult written = await WriteAsync(folder, "Html", Key(1), item);

        Assert.Equal([".html", ".rtf"], written.Files.Select(f => Path.GetExtension(f.Path)));
        Assert.Equal(rtf, File.ReadAllBytes(written.Files[1].Path));
        Assert.All(written.Files, f => Assert.Equal(new FileInfo(f.Path).Length, f.Length));
        Assert.Empty(written.Losses);
        Assert.Equal(2, Listed(folder).Length);

        // A newer version has no RTF, and another subject: nothing of the older one is left.
        WriteResult newer = await WriteAsync(folder, "Html", Key(1), Mail.Item("b", "plain"), version: "2", replace: true);
        Assert.Equal([newer.Files.Single().Path], Listed(folder));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_second_run_finds_all_and_forcing_it_writes_the_same_files(string format)
    {
        using Folder folder = new();
        MapiItem item = Mail.Item("a", "b", null, Mail.File("c.txt", [1]));
        await WriteAsync(folder, format, Key(1), item);
        await WriteAsync(folder, format, Key(2), item);
        string[] before = Listed(folder);

        // Another zone is no reason to write it again.
        ItemTargetOptions japan = new() { Zone = TimeZoneInfo.CreateCustomTimeZone("JST", TimeSpan.FromHours(9), "JST", "JST") };
        await using (IItemTarget second = Open(folder, format, japan))
        {
            RememberedItem found = Assert.Single(await second.FindAsync(Key(1), Token));
            Assert.True(found is { IsWhole: true, IsIndexed: true });
            Assert.True(found.HasVersion(new ItemVersion("1")));
            Assert.True(found.WasIn(FolderPath.Parse("Quelle: Größe")));
            Assert.True(found.HasIdentity(ItemIdentity.Of(item)));
            Assert.False(found.HasIdentity(ItemIdentity.Of(Mail.Item("other"))) && found.HasVersion(new ItemVersion("2")));
            Assert.Empty(await second.FindAsync(Key(3), Token));
        }

        await using (IItemTarget forced = Open(folder, format, s_utc with { Replace = true }))
        {
            RememberedItem found = Assert.Single(await forced.FindAsync(Key(1), Token));
            Assert.False(found.HasVersion(new ItemVersion("1")));
            using PreparedItem prepared = await PrepareAsync(forced, Key(1), item);
            Assert.Equal(ItemFate.Copied, (await ((IItemReplacer)forced).ReplaceAsync(found, prepared, Token))!.Fate);
        }

        Assert.Equal(before, Listed(folder));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Losses_are_remembered(string format)
    {
        using Folder folder = new();
        MapiAttachment reference = Mail.File("secret; 秘%.docx", []);
        reference.Properties.Set(PropertyTags.AttachMethod, (int)AttachMethod.ByReference);
        reference.Properties.Remove(PropertyTags.AttachDataBinary);
        MapiItem item = Mail.Item("a", "b", null, Mail.File("c.txt", [1]), reference);
        item.Properties.Set(PropertyTags.MessageClass, "IPM.Task");

        WriteResult written = await WriteAsync(folder, format, Key(1), item);

        Assert.NotEmpty(written.Losses);
        await using IItemTarget again = Open(folder, format);
        Assert.Equal(written.Losses, Assert.Single(await again.FindAsync(Key(1), Token)).Losses);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task What_a_killed_run_left_is_cleared_away(string format)
    {
        using Folder folder = new();
        string path = FirstOf(await WriteAsync(folder, format, Key(1), Item()), format);
        bool isDirectory = format == "Attachment";
        string left = path + ".partial";
        if (isDirectory)
        {
            Directory.Move(path, left);
        }
        else
        {
            File.Move(path, left);
        }

        await using IItemTarget target = Open(folder, format);

        Assert.False(File.Exists(left) || Directory.Exists(left));
        Assert.Empty(await target.FindAsync(Key(1), Token));
        using PreparedItem prepared = await PrepareAsync(target, Key(1), Item());
        Assert.Equal(path, FirstOf(await target.CommitAsync(prepared, Token), format));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task What_is_prepared_and_not_committed_leaves_nothing(string format)
    {
        using Folder folder = new();
        await using IItemTarget target = Open(folder, format);

        (await PrepareAsync(target, Key(1), Item())).Dispose();

        Assert.Empty(Listed(folder));
        Assert.Empty(Directory.GetDirectories(folder.At("受信トレイ", "請求書")));
    }

    [Theory]
    [InlineData("Eml")]
    [InlineData("Json")]
    public async Task What_a_loss_of_power_left_empty_is_written_again(string format)
    {
        using Folder folder = new();
        string path = FirstOf(await WriteAsync(folder, format, Key(1), Item()), format);
        File.WriteAllBytes(path, []);

        await using IItemTarget target = Open(folder, format);

        Assert.Empty(await target.FindAsync(Key(1), Token));
        using PreparedItem prepared = await PrepareAsync(target, Key(1), Item());
        Assert.Equal(path, FirstOf(await target.CommitAsync(prepared, Token), format));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_torn_line_of_what_is_remembered_costs_one_item_its_memory(string format)
    {
        using Folder folder = new();
        await WriteAsync(folder, format, Key(1), Item());
        string path = FirstOf(await WriteAsync(folder, format, Key(2), Item()), format);
        string ledger = folder.At(ItemLedger.FileName);
        byte[] bytes = File.ReadAllBytes(ledger);
        File.WriteAllBytes(ledger, bytes.AsSpan(0, bytes.Length - 5).ToArray());

        WriteResult written;
        await using (IItemTarget target = Open(folder, format))
        {
            Assert.True((await target.FindAsync(Key(1), Token)).Single().HasVersion(new ItemVersion("1")));

            // A message says itself what it is; of the others it is only known that they are copies, so that they are written anew, to the same name.
            RememberedItem second = (await target.FindAsync(Key(2), Token)).Single();
            Assert.True(second.IsWhole);
            Assert.Equal(format == "Eml", second.HasVersion(new ItemVersion("1")));
            using PreparedItem prepared = await PrepareAsync(target, Key(2), Item(), version: "2");
            written = (await ((IItemReplacer)target).ReplaceAsync(second, prepared, Token))!;
        }

        Assert.Equal(path, FirstOf(written, format));
        await using IItemTarget again = Open(folder, format);
        Assert.True((await again.FindAsync(Key(1), Token)).Single().HasVersion(new ItemVersion("1")));
        Assert.True((await again.FindAsync(Key(2), Token)).Single().HasVersion(new ItemVersion("2")));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_newer_version_takes_the_place_and_an_edited_copy_stays(string format)
    {
        using Folder folder = new();
        string path = FirstOf(await WriteAsync(folder, format, Key(1), Item()), format);

        WriteResult second = await WriteAsync(folder, format, Key(1), Item("changed"), version: "2", replace: true);

        Assert.NotEqual(path, FirstOf(second, format));
        Assert.Equal(Listed(folder), PathsOf(second));

        // Somebody edits it: the next version goes beside.
        File.SetLastWriteTimeUtc(FirstOf(second, "Eml"), DateTime.UtcNow);
        if (format == "Attachment")
        {
            Directory.SetLastWriteTimeUtc(FirstOf(second, format), DateTime.UtcNow);
        }

        await using (IItemTarget target = Open(folder, format))
        {
            RememberedItem old = (await target.FindAsync(Key(1), Token)).Single();
            using PreparedItem third = await PrepareAsync(target, Key(1), Item("changed"), version: "3");
            Assert.Null(await ((IItemReplacer)target).ReplaceAsync(old, third, Token));
            WriteResult beside = await target.CommitAsync(third, Token);
            Assert.EndsWith(" (2)", Path.GetFileNameWithoutExtension(FirstOf(beside, format)));
        }

        await using IItemTarget again = Open(folder, format);
        Assert.Equal([true, false], (await again.FindAsync(Key(1), Token)).Select(r => r.HasVersion(new ItemVersion("3"))));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_run_that_was_killed_just_after_it_replaced_a_copy_leaves_one(string format)
    {
        using Folder folder = new();
        await WriteAsync(folder, format, Key(1), Item());
        MapiItem later = Item();
        later.Properties.Set(PropertyTags.MessageDeliveryTime, Mail.Sent.AddDays(3));
        await WriteAsync(folder, format, Key(1), later, version: "2", replace: true);
        string[] lines = File.ReadAllLines(folder.At(ItemLedger.FileName));
        File.WriteAllText(folder.At(ItemLedger.FileName), string.Concat(lines.Take(lines.Length - 1).Select(l => l + "\n")));

        // That it has another time than is remembered does not mean that somebody has changed it.
        WriteResult again = await WriteAsync(folder, format, Key(1), later, version: "2", replace: true);

        Assert.Equal(Listed(folder), PathsOf(again));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_copy_follows_its_source_unless_somebody_has_moved_it(string format)
    {
        using Folder folder = new();
        MapiItem item = Mail.Item("a", null, null, Mail.File("c.txt", [1]));
        item.Properties.Set(PropertyTags.RtfCompressed, CompressedRtf.Compress(@"{\rtf1 {\b bold}}"u8.ToArray()));
        string path = FirstOf(await WriteAsync(folder, format, Key(1), item), format);
        FolderPath source = FolderPath.Parse("Elsewhere");

        await using (IItemTarget target = Open(folder, format))
        {
            TargetFolder into = await target.OpenFolderAsync(FolderPath.Parse("Else: where"), FolderRole.None, "", Token);
            RememberedItem copy = (await target.FindAsync(Key(1), Token)).Single();
            Assert.True(await ((IItemMover)target).MoveAsync(copy, into, source, Token));
        }

        string moved = folder.At("Else_ where", Path.GetFileName(path));
        Assert.False(File.Exists(path) || Directory.Exists(path));
        Assert.True(File.Exists(moved) || Directory.Exists(moved));
        Assert.Equal(format == "Html", File.Exists(Path.ChangeExtension(moved, ".rtf")));

        // Somebody moves it back.
        Directory.Move(moved, path);
        await using (IItemTarget target = Open(folder, format))
        {
            RememberedItem copy = (await target.FindAsync(Key(1), Token)).Single();
            Assert.True(copy.WasIn(source));
            TargetFolder into = await target.OpenFolderAsync(FolderPath.Parse("A third"), FolderRole.None, "", Token);
            Assert.False(await ((IItemMover)target).MoveAsync(copy, into, FolderPath.Parse("A third"), Token));
            Assert.True(File.Exists(path) || Directory.Exists(path));

            Assert.True(await ((IItemRemover)target).RemoveAsync(copy, Token));
            Assert.False(File.Exists(path) || Directory.Exists(path));
            Assert.Empty(await target.FindAsync(Key(1), Token));
        }
    }

    [Fact]
    public async Task A_document_that_moves_to_another_name_is_never_half_written()
    {
        Assert.SkipWhen(Path.DirectorySeparatorChar == '\\', "Windows lets nobody read a file that is replaced.");
        using Folder folder = new();
        string path = FirstOf(await WriteAsync(folder, "Html", Key(1), Mail.Item("a", null, null, Mail.File("c.txt", [1]))), "Html");
        string before = File.ReadAllText(path);
        DateTime time = File.GetLastWriteTimeUtc(path);
        string moved = folder.At("Else", Path.GetFileNameWithoutExtension(path) + " (2).html");

        using FileStream open = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        await using (IItemTarget target = Open(folder, "Html"))
        {
            TargetFolder into = await target.OpenFolderAsync(FolderPath.Parse("Else"), FolderRole.None, "", Token);
            RememberedItem copy = (await target.FindAsync(Key(1), Token)).Single();
            File.WriteAllText(folder.At("Else", Path.GetFileName(path)), "Somebody's");
            Assert.True(await ((IItemMover)target).MoveAsync(copy, into, FolderPath.Parse("Else"), Token));
        }

        using StreamReader reader = new(open);
        Assert.Equal(before, reader.ReadToEnd());
        Assert.NotEqual(before, File.ReadAllText(moved));
        Assert.Contains(Uri.EscapeDataString(Path.GetFileNameWithoutExtension(moved)), File.ReadAllText(moved), StringComparison.Ordinal);
        Assert.Equal(time, File.GetLastWriteTimeUtc(moved));
        Assert.False(File.Exists(path));
        Assert.DoesNotContain(folder.Files(), AtomicFile.IsUnfinished);
    }

    [Fact]
    public async Task Messages_say_themselves_what_they_are()
    {
        using Folder folder = new();
        MapiItem item = Item();
        item.Properties.Set(PropertyTags.MessageClass, "IPM.Task");
        WriteResult written = await WriteAsync(folder, "Eml", Key(1), item);
        File.Delete(folder.At(ItemLedger.FileName));
        Directory.CreateDirectory(folder.At("Other"));
        File.Move(written.Files[0].Path, folder.At("Other", "renamed.eml"));

        await using IItemTarget target = Open(folder, "Eml");

        RememberedItem found = (await target.FindAsync(Key(1), Token)).Single();
        Assert.True(found.HasVersion(new ItemVersion("1")));
        Assert.True(found.WasIn(FolderPath.Parse("Quelle: Größe")));
        Assert.False(found.WasIn(FolderPath.Root));
        Assert.True(found.HasIdentity(ItemIdentity.Of(item)));
        Assert.Equal(written.Losses, found.Losses);
        Assert.Equal("Other/renamed.eml", found.TargetKey.Id);
        TargetFolder into = await target.OpenFolderAsync(FolderPath.Parse("x"), FolderRole.None, "", Token);
        Assert.False(await ((IItemMover)target).MoveAsync(found, into, FolderPath.Parse("x"), Token));
    }

    [Fact]
    public async Task A_message_of_the_tree_itself_is_there()
    {
        using Folder folder = new();
        File.WriteAllText(folder.At("a.eml"), "Message-ID: <1@x>\r\nSubject: one\r\n\r\ntext\r\n");

        (_, List<Transfer.ItemResult> results, _) = await Store.RunAsync(EmlTreeSource.Open(folder.Path), MailFormats.Eml, folder.Path);

        Assert.Equal(ItemFate.AlreadyThere, Assert.Single(results).Fate);
        Assert.Single(Directory.GetFiles(folder.Path, "*.eml"));
    }

    [Fact]
    public async Task An_item_that_comes_twice_is_one_file()
    {
        using Folder folder = new();
        await using IItemTarget target = Open(folder, "Text");
        using PreparedItem first = await PrepareAsync(target, Key(1), Item());
        using PreparedItem second = await PrepareAsync(target, Key(1), Item());

        Assert.Equal(ItemFate.Copied, (await target.CommitAsync(first, Token)).Fate);
        Assert.Equal(ItemFate.AlreadyThere, (await target.CommitAsync(second, Token)).Fate);
        second.Dispose();

        Assert.Single(Listed(folder));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task An_item_that_cannot_be_read_leaves_no_file(string format)
    {
        using Folder folder = new();
        MapiItem item = Mail.Item("a", "b", "<img src=\"cid:c\">", Mail.File("c.png", [], "c", "image/png"));
        item.Attachments[0].Properties[PropertyTags.AttachDataBinary] = PropertyValue.FromBinary(new BrokenSource(new MailDataException(FormatErrorIds.MimeUnreadable, "broken")));
        await using IItemTarget target = Open(folder, format, s_utc with { IncludeBinary = true });

        if (format != "Text")
        {
            Assert.Equal("MimeUnreadable", (await Assert.ThrowsAsync<MailDataException>(() => PrepareAsync(target, Key(1), item))).Id);

            // What is read may fail as files do; that says nothing about where it is written.
            item.Attachments[0].Properties[PropertyTags.AttachDataBinary] = PropertyValue.FromBinary(new BrokenSource(new IOException("bad sector")));
            await Assert.ThrowsAsync<IOException>(() => PrepareAsync(target, Key(1), item));
        }

        Assert.Empty(Listed(folder));
    }

    [Fact]
    public void Where_nothing_can_be_written_the_error_is_typed()
    {
        using Folder folder = new();
        string blocked = folder.At("file");
        File.WriteAllText(blocked, "");

        Assert.Equal("PathOfOtherKind", Assert.Throws<MailDataException>(() => MailFormats.Eml.OpenTarget(blocked, s_utc)).Id);
        Assert.Equal("DiskFull", WholeFile.Translate("x", new IOException("full", unchecked((int)0x80070070))).Id);
        Assert.Equal("DiskFull", WholeFile.Translate("x", new IOException("full", 28)).Id);
        Assert.Equal("AccessDenied", WholeFile.Translate("x", new UnauthorizedAccessException()).Id);
        Assert.Equal("TreeWriteFailed", WholeFile.Translate("x", new IOException("gone", 5)).Id);
    }

    [Fact]
    public async Task Attachments_go_into_a_directory_of_their_item()
    {
        using Folder folder = new();
        MapiAttachment reference = Mail.File("secret.docx", []);
        reference.Properties.Set(PropertyTags.AttachMethod, (int)AttachMethod.ByReference);
        reference.Properties.Remove(PropertyTags.AttachDataBinary);
        reference.Properties.Set(PropertyTags.AttachLongPathname, "\\\\server\\share\\secret.docx");
        MapiItem item = Mail.Item(
            "files",
            "b",
            null,
            Mail.File("a.txt", Encoding.ASCII.GetBytes("one")),
            Mail.File("A.TXT", Encoding.ASCII.GetBytes("two")),
            Mail.File("..\\..\\con.exe\u202Egpj.", Encoding.ASCII.GetBytes("three")),
            Mail.File("photo", [1, 2], null, "image/png"),
            reference,
            Mail.Embedded(Mail.Item("inner")));

        WriteResult written = await WriteAsync(folder, "Attachment", Key(1), item);

        string[] files = [.. written.Files.Select(f => f.Path)];
        Assert.Equal(["a.txt", "A (2).TXT", "__.._con.exegpj", "photo.png", "inner.eml"], files.Select(Path.GetFileName));
        Assert.Equal([new ItemLoss(LossKind.AttachmentByReference, "secret.docx")], written.Losses);
        Assert.Equal("two", File.ReadAllText(files[1]));
        Assert.Equal("inner", Mail.Parse(File.ReadAllBytes(files[4])).Subject);
        Assert.All(files, f => Assert.Equal(Path.GetDirectoryName(files[0]), Path.GetDirectoryName(f)));
        WriteResult nothing = await WriteAsync(folder, "Attachment", Key(2), Mail.Item());
        Assert.Equal((ItemFate.Skipped, "ItemHasNothing"), (nothing.Fate, nothing.ReasonId));
    }

    [Fact]
    public async Task Directories_of_attachments_are_no_folders_and_folders_that_look_so_are()
    {
        using Folder folder = new();
        await WriteAsync(folder, "Attachment", Key(1), Item());
        await using (IItemTarget target = Open(folder, "Attachment"))
        {
            await target.OpenFolderAsync(FolderPath.Parse("looks (0123456789ab)"), FolderRole.None, "", Token);
        }

        Assert.Equal(
            ["/", "looks (0123456789ab)", "受信トレイ", "受信トレイ/請求書"],
            DirectoryTree.OpenOrCreate(folder.Path).Folders.Select(f => f.Path.ToString()).OrderBy(p => p, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Several_threads_write_the_same_as_one()
    {
        using Folder folder = new();
        MapiItem[] items = [.. Enumerable.Range(0, 200).Select(i => Mail.Item("same subject", "text " + (i / 2).ToString(CultureInfo.InvariantCulture)))];
        Store store = new(("Inbox", FolderRole.Inbox, items));
        foreach (string tree in (string[])["one", "several"])
        {
            // Each tree has a key of its own, which is in every proof.
            Directory.CreateDirectory(folder.At(tree));
            File.WriteAllText(Path.Combine(folder.At(tree), TreeKey.FileName), new string('5', 64) + "\n");
        }

        await Store.RunAsync(store, MailFormats.Eml, folder.At("one"), s_utc, new Transfer.TransferOptions { Threads = 1 });
        await Store.RunAsync(store, MailFormats.Eml, folder.At("several"), s_utc, new Transfer.TransferOptions { Threads = 4 });

        string[] one = Directory.GetFiles(folder.At("one"), "*.eml", SearchOption.AllDirectories);
        Assert.Equal(200, one.Length);
        foreach (string file in one)
        {
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(folder.At("several") + file.Substring(folder.At("one").Length)));
        }

        Assert.Empty(Directory.GetFiles(folder.Path, "*.partial", SearchOption.AllDirectories));
        Assert.Equal(200, (await Store.CopyAsync(store, MailFormats.Eml, folder.At("several"), s_utc)).Count(ItemFate.AlreadyThere));
    }

    [Fact]
    public async Task A_table_is_whole_or_not_there()
    {
        using Folder folder = new();
        string path = folder.At("sub", "a.csv");
        await using (IItemTarget abandoned = MailFormats.Csv.OpenTarget(path, s_utc))
        {
            using PreparedItem prepared = await PrepareAsync(abandoned, Key(1), Item());
            await abandoned.CommitAsync(prepared, Token);
        }

        Assert.Empty(Listed(folder));
        Store store = new(("Inbox", FolderRole.Inbox, [Mail.Item("=1", "x"), Item()]));
        (_, _, IReadOnlyList<WrittenFile> completed) = await Store.RunAsync(store, MailFormats.Csv, path);
        Assert.Equal((path, new FileInfo(path).Length), (completed.Single().Path, completed.Single().Length));
        Assert.Equal([LossKind.Field, LossKind.TextChanged, LossKind.Attachment], completed.Single().Losses.Select(l => l.Kind));
        Assert.Equal(3, File.ReadAllLines(path).Length);
        Assert.Equal("ExportFileExists", (await Assert.ThrowsAsync<MailDataException>(() => Store.RunAsync(new Store(), MailFormats.Csv, path, s_utc))).Id);
        File.WriteAllText(folder.At("other.csv"), "mine");
        Assert.Equal("ExportFileExists", Assert.Throws<MailDataException>(() => MailFormats.Csv.OpenTarget(folder.At("other.csv"), s_utc)).Id);

        await Store.RunAsync(new Store(), MailFormats.Csv, path, s_utc with { Replace = true });

        Assert.Equal(string.Join(",", CsvExport.Columns.Select(c => "\"" + c + "\"")) + "\r\n", File.ReadAllText(path));
    }

    private static MapiItem Item(string subject = "a") => Mail.Item(subject, "b", null, Mail.File("c.txt", [1]));

    private static ItemKey Key(int number) => new("pst:01", "0x" + number.ToString("X8", CultureInfo.InvariantCulture));

    private static IItemTarget Open(Folder folder, string format, ItemTargetOptions? options = null) =>
        new ItemFormats(MailFormats.All).Find(format)!.OpenTarget(folder.Path, options ?? s_utc);

    private static async Task<PreparedItem> PrepareAsync(IItemTarget target, ItemKey key, MapiItem item, string version = "1")
    {
        TargetFolder folder = await target.OpenFolderAsync(s_folder, FolderRole.None, "", Token);
        ItemProvenance provenance = new(key, new ItemVersion(version), null, FolderPath.Parse("Quelle: Größe"), ItemIdentity.Of(item));
        return await target.PrepareAsync(folder, item, provenance, Token);
    }

    private static async Task<WriteResult> WriteAsync(Folder folder, string format, ItemKey key, MapiItem item, string version = "1", bool replace = false)
    {
        await using IItemTarget target = Open(folder, format);
        using PreparedItem prepared = await PrepareAsync(target, key, item, version);
        return replace
            ? (await ((IItemReplacer)target).ReplaceAsync((await target.FindAsync(key, Token))[0], prepared, Token))!
            : await target.CommitAsync(prepared, Token);
    }

    /// <summary>What an item became: its file, or its directory.</summary>
    private static string FirstOf(WriteResult written, string format) =>
        format == "Attachment" ? Path.GetDirectoryName(written.Files[0].Path)! : written.Files[0].Path;

    private static string[] PathsOf(WriteResult written) => [.. written.Files.Select(f => f.Path).OrderBy(p => p, StringComparer.Ordinal)];

    private static string[] Listed(Folder folder) =>
        [.. folder.Files().Where(f => Path.GetFileName(f)[0] != '.').OrderBy(f => f, StringComparer.Ordinal)];

    private sealed class BrokenSource(Exception exception) : BinarySource
    {
        public override long? Length => 10;

        public override Stream OpenRead() => throw exception;
    }
}
