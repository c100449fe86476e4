using System.Globalization;
using PstMigration.Mapi;
using PstMigration.Sandbox;
using Xunit;

namespace PstMigration.Mailboxes.Tests.Sandbox;

public sealed class FolderTests
{
    [Fact]
    public async Task A_target_asks_for_no_counts_and_for_the_task_lists_once()
    {
        using SandboxFixture sandbox = new();
        IItemTarget target = await sandbox.TargetAsync();
        await sandbox.OpenAsync(target, "Friends", FolderRole.None, "IPF.Contact");
        await sandbox.OpenAsync(target, "Duties", FolderRole.None, "IPF.Task");
        await sandbox.OpenAsync(target, "Travel", FolderRole.None, "IPF.Appointment");
        Assert.Single(sandbox.Trace, l => l.StartsWith("GET", StringComparison.Ordinal) && l.Contains("/todo/lists?", StringComparison.Ordinal));
        Assert.DoesNotContain(sandbox.Trace, IsOfItems);

        await sandbox.ContainsAsync(target, Items.Provenance());

        string[] asked = [.. sandbox.Trace.Where(IsOfItems).Select(l => l.Split(' ')[1])];
        Assert.Equal(4, asked.Length);
        Assert.Equal(asked.Distinct(), asked);

        static bool IsOfItems(string line) =>
            line.StartsWith("GET", StringComparison.Ordinal) && !line.Contains("/contactFolders/contacts?", StringComparison.Ordinal)
            && (line.Contains("/contacts?", StringComparison.Ordinal) || line.Contains("/events?", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Roles_go_to_the_mailboxs_own_folders_whatever_their_language()
    {
        using SandboxFixture sandbox = new(options: new SandboxOptions { Language = new CultureInfo("ja-JP") });
        IItemTarget target = await sandbox.TargetAsync();
        (string Path, FolderRole Role)[] folders =
        [
            ("Inbox", FolderRole.Inbox), ("Gesendet", FolderRole.SentItems), ("Entwürfe", FolderRole.Drafts), ("Papierkorb", FolderRole.DeletedItems),
            ("Ausgang", FolderRole.Outbox), ("Spam", FolderRole.JunkEmail), ("Archiv", FolderRole.Archive),
        ];
        int before = (await FoldersAsync(sandbox)).Count;

        foreach ((string path, FolderRole role) in folders)
        {
            TargetFolder folder = await sandbox.OpenAsync(target, path, role);
            Assert.Equal(ItemFate.Copied, (await sandbox.WriteAsync(target, folder, Items.Mail(path), Items.Provenance(path))).Fate);
        }

        List<(SourceFolder Folder, SourceItem Listed, MapiItem Item)> all = await sandbox.ExportAsync();
        Assert.Equal(before, (await FoldersAsync(sandbox)).Count);
        Assert.All(folders, f => Assert.Equal(f.Role, all.Single(i => i.Item.Subject == f.Path).Folder.Role));
        Assert.Equal("受信トレイ", all.Single(i => i.Folder.Role == FolderRole.Inbox).Folder.Path.ToString());
    }

    [Fact]
    public async Task What_lies_below_a_role_follows_it()
    {
        using SandboxFixture sandbox = new();
        IItemTarget target = await sandbox.TargetAsync();
        await sandbox.OpenAsync(target, "受信トレイ", FolderRole.Inbox);

        TargetFolder below = await sandbox.OpenAsync(target, "受信トレイ/請求書/2024");

        Assert.Equal("Inbox/請求書/2024", below.Path.ToString());
        Assert.Contains("Inbox/請求書/2024", (await FoldersAsync(sandbox)).Select(f => f.Path.ToString()));
    }

    [Fact]
    public async Task Folders_are_found_without_case_and_made_where_missing()
    {
        using SandboxFixture sandbox = new();
        IItemTarget first = await sandbox.TargetAsync();
        await sandbox.OpenAsync(first, @"Projects/A\/B \\ C");
        IItemTarget second = await sandbox.TargetAsync();
        await sandbox.OpenAsync(second, @"PROJECTS/a\/b \\ c/deeper");

        string[] paths = [.. (await FoldersAsync(sandbox)).Select(f => f.Path.ToString()).Where(p => p.StartsWith("Projects", StringComparison.OrdinalIgnoreCase))];

        Assert.Equal(["Projects", @"Projects/A\/B \\ C", @"Projects/A\/B \\ C/deeper"], paths);
    }

    [Fact]
    public async Task A_name_taken_by_another_kind_of_folder_gets_a_number()
    {
        using SandboxFixture sandbox = new();
        IItemTarget target = await sandbox.TargetAsync();

        TargetFolder folder = await sandbox.OpenAsync(target, "Contacts");

        Assert.Equal("Contacts (2)", folder.Path.ToString());
        Assert.Equal(ItemFate.Copied, (await sandbox.WriteAsync(target, folder, Items.Mail(), Items.Provenance())).Fate);
    }

    [Fact]
    public async Task Mail_never_goes_into_a_folder_nobody_sees()
    {
        using SandboxFixture sandbox = new();

        for (int run = 0; run < 2; run++)
        {
            await sandbox.ImportAsync(Items.Mail(), Items.Provenance("run" + run), path: "Sync Issues", role: FolderRole.None);
        }

        Assert.Equal(["Sync Issues (2)", "Sync Issues (2)"], (await sandbox.ExportAsync()).Select(i => i.Folder.Path.ToString()));
    }

    [Fact]
    public async Task Odd_names_become_names_the_service_takes()
    {
        using SandboxFixture sandbox = new();
        IItemTarget target = await sandbox.TargetAsync();

        TargetFolder odd = await sandbox.Time.RunAsync(target.OpenFolderAsync(
            new FolderPath(["a\u0001b ", "", new string('x', 400)]), FolderRole.None, "IPF.Note", CancellationToken.None));

        Assert.Equal(["ab", "-", new string('x', 251)], odd.Path.Names);
    }

    [Fact]
    public async Task Contact_folders_hang_below_the_contacts()
    {
        using SandboxFixture sandbox = new();
        IItemTarget target = await sandbox.TargetAsync();
        await sandbox.OpenAsync(target, "Kontakte", FolderRole.Contacts, "IPF.Contact");
        TargetFolder below = await sandbox.OpenAsync(target, "Kontakte/Freunde/Alte", FolderRole.None, "IPF.Contact");
        TargetFolder elsewhere = await sandbox.OpenAsync(target, "Archive 2020/Contacts", FolderRole.None, "IPF.Contact");
        await sandbox.WriteAsync(target, below, Items.Contact(), Items.Provenance("1"));
        await sandbox.WriteAsync(target, elsewhere, Items.Contact(), Items.Provenance("2"));

        string[] paths = [.. (await sandbox.ExportAsync()).Select(i => i.Folder.Path.ToString())];

        Assert.Equal(2, paths.Length);
        Assert.Contains("Contacts/Freunde - Alte", paths);
        Assert.Contains("Contacts/Archive 2020 - Contacts", paths);
    }

    [Fact]
    public async Task A_mailbox_without_an_archive_gets_a_folder_of_that_name()
    {
        using SandboxFixture sandbox = new(new SandboxBehaviour { HasArchiveFolder = false });

        await sandbox.ImportAsync(Items.Mail(), path: "Archiv", role: FolderRole.Archive);

        Assert.Equal("Archiv", Assert.Single(await sandbox.ExportAsync()).Folder.Path.ToString());
    }

    [Fact]
    public async Task Items_in_folders_of_another_kind_get_a_folder_beside()
    {
        using SandboxFixture sandbox = new();
        IItemTarget target = await sandbox.TargetAsync();
        TargetFolder people = await sandbox.OpenAsync(target, "People");
        TargetFolder contacts = await sandbox.OpenAsync(target, "Kontakte", FolderRole.Contacts, "IPF.Contact");
        TargetFolder calendar = await sandbox.OpenAsync(target, "Kalender", FolderRole.Calendar, "IPF.Appointment");

        WriteResult contact = await sandbox.WriteAsync(target, people, Items.Contact(), Items.Provenance("1"));
        WriteResult mail = await sandbox.WriteAsync(target, contacts, Items.Mail("in contacts"), Items.Provenance("2"));
        WriteResult meeting = await sandbox.WriteAsync(target, calendar, Items.Mail("in calendar"), Items.Provenance("3"));

        Assert.All([contact, mail, meeting], r => Assert.Equal((ItemFate.Copied, "Folder"), (r.Fate, string.Join(",", r.Losses.Select(l => l.Kind)))));
        Assert.Equal(
            ["Contacts/People", "Kalender", "Kontakte"],
            (await sandbox.ExportAsync()).Select(i => i.Folder.Path.ToString()).OrderBy(p => p, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Mail_in_the_root_is_not_overlooked()
    {
        using SandboxFixture sandbox = new();

        await sandbox.ImportAsync(Items.Mail(), path: "", role: FolderRole.Root);

        SourceFolder folder = Assert.Single(await sandbox.ExportAsync()).Folder;
        Assert.Equal((FolderPath.Root, FolderRole.Root), (folder.Path, folder.Role));
    }

    [Fact]
    public async Task Long_lists_are_read_to_their_end()
    {
        using SandboxFixture sandbox = new();
        IItemTarget target = await sandbox.TargetAsync();
        TargetFolder inbox = await sandbox.OpenAsync(target, "Inbox", FolderRole.Inbox);
        for (int i = 0; i < 510; i++)
        {
            await sandbox.WriteAsync(target, inbox, Items.Mail("n" + i), Items.Provenance(i.ToString(CultureInfo.InvariantCulture)));
        }

        IItemTarget again = await sandbox.TargetAsync();
        IItemSource source = await sandbox.SourceAsync();
        int listed = await sandbox.Time.RunAsync(CountAsync(source));

        Assert.Equal(510, listed);
        for (int i = 0; i < 510; i++)
        {
            Assert.True(await sandbox.ContainsAsync(again, Items.Provenance(i.ToString(CultureInfo.InvariantCulture))));
        }
    }

    private static async Task<int> CountAsync(IItemSource source)
    {
        int count = 0;
        await foreach (SourceFolder folder in source.ReadFoldersAsync(CancellationToken.None))
        {
            await foreach (SourceItem item in source.ReadItemsAsync(folder, CancellationToken.None))
            {
                Assert.Equal(source.StoreKey, item.Key.Store);
                count++;
            }
        }

        return count;
    }

    private static Task<IReadOnlyList<MailboxFolderInfo>> FoldersAsync(SandboxFixture sandbox) =>
        sandbox.Time.RunAsync(sandbox.Connection.GetFoldersAsync(sandbox.Log, CancellationToken.None));
}
