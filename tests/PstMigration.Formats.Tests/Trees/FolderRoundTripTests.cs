using PstMigration.Formats.Tests.Mime;
using PstMigration.Mapi;
using PstMigration.Transfer;
using Xunit;

namespace PstMigration.Formats.Tests.Trees;

/// <summary>Trees of folders in every format that is read again.</summary>
public sealed class FolderRoundTripTests
{
    private static readonly (string Path, FolderRole Role, string Class)[] s_folders =
    [
        ("Inbox", FolderRole.Inbox, "IPF.Note"),
        ("Inbox/sub", FolderRole.None, "IPF.Note"),
        ("Contacts", FolderRole.Contacts, "IPF.Contact"),
        ("Contacts/people & more", FolderRole.None, "IPF.Contact.MOC.QuickContacts"),
        ("予定表", FolderRole.Calendar, "IPF.Appointment"),
        ("Tasks", FolderRole.Tasks, "IPF.Task"),
        ("Notes", FolderRole.Notes, "IPF.StickyNote"),
        ("Journal", FolderRole.Journal, "IPF.Journal"),
        ("Sent", FolderRole.None, "IPF.Note"),
        ("Gesendete Elemente", FolderRole.SentItems, "IPF.Note"),
        ("Deep", FolderRole.None, "IPF.Note"),
        ("Deep/Trash", FolderRole.DeletedItems, "IPF.Note"),
        (@"Slash\/and\\back", FolderRole.None, "IPF.Note"),
    ];

    [Theory]
    [InlineData("Eml")]
    [InlineData("Maildir")]
    [InlineData("Mbox")]
    public async Task Empty_folders_of_every_class_come_back(string id)
    {
        using Folder folder = new();
        ItemFormat format = new ItemFormats(MailFormats.All).Find(id)!;
        Library library = new(s_folders);
        for (int i = 0; i < 2; i++)
        {
            await Store.CopyAsync(library, format, folder.Path);
        }

        await Store.CopyAsync(new Store(("x", FolderRole.None, [Mail.Item()])), format, folder.Path);
        List<SourceFolder> read = await Store.FoldersAsync(format.OpenSource(folder.Path, new ItemSourceOptions()));

        Assert.Equal(
            s_folders.Select(f => (f.Path, f.Role, f.Class)).Append(("x", FolderRole.None, "IPF.Note")).OrderBy(f => f.Item1, StringComparer.Ordinal),
            read.Where(f => f.Role != FolderRole.Root).Select(f => (f.Path.ToString(), f.Role, f.ContainerClass)).OrderBy(f => f.Item1, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Eml")]
    [InlineData("Mbox")]
    public async Task A_directory_that_cannot_be_listed_is_the_fate_of_its_folder(string id)
    {
        using Folder folder = new();
        Assert.SkipWhen(Environment.UserName == "root" || Path.DirectorySeparatorChar == '\\', "Rights do not stop this user.");
        Store store = new(("a", FolderRole.None, [Mail.Item("a")]), ("b", FolderRole.None, [Mail.Item("b")]));
        ItemFormat format = new ItemFormats(MailFormats.All).Find(id)!;
        await Store.CopyAsync(store, format, folder.Path);
        System.Diagnostics.Process.Start("/bin/chmod", "000 " + folder.At("a"))!.WaitForExit();
        try
        {
            await using IItemSource source = format.OpenSource(folder.Path, new ItemSourceOptions());
            List<SourceFolder> folders = await Store.FoldersAsync(source);
            Assert.Equal(["/", "a", "b"], folders.Select(f => f.Path.ToString()));
            Assert.Throws<MailDataException>(() => source.ReadItemsAsync(folders[1], default).GetAsyncEnumerator().MoveNextAsync().AsTask().GetAwaiter().GetResult());
            Assert.True(await source.ReadItemsAsync(folders[2], default).GetAsyncEnumerator().MoveNextAsync());
        }
        finally
        {
            System.Diagnostics.Process.Start("/bin/chmod", "755 " + folder.At("a"))!.WaitForExit();
        }
    }

    /// <summary>Folders without items.</summary>
    private sealed class Library((string Path, FolderRole Role, string Class)[] folders) : IItemSource
    {
        public string Name => "library";

        public string StoreKey => "library:1";

        public SourceTraits Traits { get; } = new();

        public SourceReport Report => SourceReport.Empty;

        public IAsyncEnumerable<SourceFolder> ReadFoldersAsync(System.Threading.CancellationToken cancellationToken) => new SynchronousSequence<SourceFolder>(
            folders.Select(f => new SourceFolder(new ItemKey(StoreKey, f.Path), FolderPath.Parse(f.Path), f.Role, f.Class, 0)), cancellationToken);

        public IAsyncEnumerable<SourceItem> ReadItemsAsync(SourceFolder folder, System.Threading.CancellationToken cancellationToken) =>
            new SynchronousSequence<SourceItem>([], cancellationToken);

        public ValueTask DisposeAsync() => default;
    }
}
