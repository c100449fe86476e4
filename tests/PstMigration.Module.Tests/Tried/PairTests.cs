using System.Management.Automation;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests.Tried;

/// <summary>Every kind of object piped into every cmdlet: it is taken for what it is, or refused with an error; nothing is made text of and read as a path or an address.</summary>
public sealed class PairTests : TriedTest
{
    // What reads a file by its path.
    private static readonly string[] s_files =
    [
        "Get-PstFile", "Get-PstFolder", "Get-PstItem", "Export-PstItem", "Import-PstItem", "Import-PstToMailbox", "Test-PstFile", "Compare-PstToMailbox", "New-PurviewImportMapping",
    ];

    // What looks for data files below a path, or makes one at it.
    private static readonly string[] s_paths = [.. s_files, "Find-PstFile", "New-PstFile"];

    private static readonly string[] s_mailboxes = ["Export-MailboxToPst", "Get-MsMailbox", "Get-MsMailboxFolder", "Disconnect-MsMailbox"];
    private static readonly string[] s_transfers = ["Get-PstTransfer", "Remove-PstTransfer", "Undo-PstTransfer", "Export-PstTransferReport"];
    private static readonly string[] s_backups = ["Get-MailboxBackup", "Start-MailboxBackup", "Test-MailboxBackup", "Unregister-MailboxBackup"];

    // What takes what. Everything that is not here is refused.
    private static readonly Dictionary<string, string[]> s_takes = new()
    {
        ["PstFileInfo"] = s_paths,
        ["FoundPstFile"] = s_paths,
        ["PstTestResult"] = s_paths,
        ["FileInfo"] = s_paths,
        ["PstTransferResult"] = [.. s_paths, .. s_mailboxes, .. s_transfers],
        ["PstTransfer"] = [.. s_files, .. s_mailboxes, .. s_transfers],
        ["PstComparison"] = [.. s_paths, .. s_mailboxes],
        ["PurviewImportRow"] = [.. s_paths, .. s_mailboxes],
        ["PstUndoResult"] = s_transfers,
        ["PstFolderInfo"] = ["Get-PstFolder", "Get-PstItem", "Export-PstItem", "Import-PstItem", "Import-PstToMailbox"],
        ["PstItemInfo"] = ["Export-PstItem", "Import-PstItem", "Import-PstToMailbox", "Remove-PstItem"],
        ["MsMailbox"] = [.. s_mailboxes, "Test-LegacyMailAccount", "Register-MailboxBackup"],
        ["MsMailboxInfo"] = [.. s_mailboxes, "Test-LegacyMailAccount", "Register-MailboxBackup"],
        ["MsMailboxFolder"] = ["Export-MailboxToPst"],
        ["LegacyMailAccount"] = [.. s_files, "Test-LegacyMailAccount"],
        ["LegacyMailResult"] = [.. s_files, "Test-LegacyMailAccount"],
        ["MailboxBackupInfo"] = [.. s_files, .. s_mailboxes, .. s_backups],
        ["MailboxBackupResult"] = s_backups,
        ["MailboxBackupTest"] = s_backups,
        ["MailboxBackupDrill"] = [],
        ["PstTransferItem"] = [],
        ["PstTestFinding"] = [],
        ["PstRemovalResult"] = [],
        ["PstComparedItem"] = ["Export-PstItem", "Import-PstItem", "Import-PstToMailbox"],
        ["PstComparedFolder"] = [],
        ["PstUndoneItem"] = [],
        ["ConnectionFinding"] = [],
        ["PstRecipientInfo"] = ["Test-LegacyMailAccount"],
        ["PstAttachmentInfo"] = [],
        ["PstItemBody"] = [],
        ["Boolean"] = [],
        ["PSCustomObject"] = [],
    };

    /// <summary>How each cmdlet is called so that it changes nothing; those that are not here, without arguments.</summary>
    private static readonly Dictionary<string, string> s_arguments = new()
    {
        ["Compare-PstToMailbox"] = "",
        ["Connect-MsMailbox"] = "-Sandbox pair.mailbox -NoThrottling",
        ["Export-MailboxToPst"] = "-Path pair-export.pst -WhatIf",
        ["Export-PstItem"] = "-Destination pair-out -Format Csv -WhatIf",
        ["Export-PstTransferReport"] = "-Destination pair-report -WhatIf @j",
        ["Get-MailboxBackup"] = "@p",
        ["Get-PstTransfer"] = "@j",
        ["Import-PstItem"] = "-Destination pair-out.pst -WhatIf",
        ["Import-PstToMailbox"] = "-WhatIf",
        ["New-PstFile"] = "-WhatIf",
        ["New-PurviewImportMapping"] = "-Mailbox taro@example.jp -SkipContent",
        ["Register-MailboxBackup"] = "-Name other -Destination pair-backup -Scheduler None -WhatIf @p",
        ["Remove-PstItem"] = "-WhatIf",
        ["Remove-PstTransfer"] = "-WhatIf @j",
        ["Start-MailboxBackup"] = "-ValidateOnly @p",
        ["Test-LegacyMailAccount"] = "-Offline",
        ["Test-MailboxBackup"] = "@p",
        ["Undo-PstTransfer"] = "-WhatIf @j",
        ["Unregister-MailboxBackup"] = "-WhatIf @p",
    };

    // PstTestFinding: the object of this test is one of any shape.
    private static readonly string[] s_foreign = ["Boolean", "PSCustomObject", "PstTestFinding"];

    /// <summary>What takes nothing from the pipeline.</summary>
    private static readonly string[] s_closed = ["Connect-MsMailbox", "Get-LegacyMailAccount"];

    /// <summary>It would ask a service; what it takes is told by its parameter in HabitTests.</summary>
    private static readonly string[] s_others = ["Test-MsMailboxConnection"];

    /// <summary>What a cmdlet says it gives has to be in the table, and so has every class that a view is made for.</summary>
    [Fact]
    public void Every_output_is_in_the_table()
    {
        string[] given = [.. StagedModule.Cmdlets().SelectMany(c => c.OutputType).Select(o => o.Name.Split('.')[^1])];
        string[] shown =
        [
            .. System.Xml.Linq.XElement.Load(Path.Combine(StagedModule.Root, "PstMigration.Types.ps1xml")).Elements("Type")
                .Select(t => t.Element("Name")!.Value.Split('#')[0].Split('.')[^1]),
        ];

        Assert.Empty(given.Concat(shown).Distinct().Except(s_takes.Keys).Except(s_parts));
        Assert.Empty(s_takes.Values.SelectMany(v => v).Concat(s_arguments.Keys).Concat(s_others).Distinct().Except(StagedModule.Cmdlets().Select(c => c.Name)));
    }

    // An item within an item, which is like one; and what an item's body and attachments are held by.
    private static readonly string[] s_parts = ["PstEmbeddedItem"];

    [Fact]
    public void Every_object_into_every_cmdlet()
    {
        string file = Outlook("pair.pst");
        Session.InvokeClean($$"""
            $j = @{ JournalFolder = '{{At("journals")}}' }
            $p = @{ PlanFolder = '{{At("plans")}}' }
            $m = Connect-MsMailbox -Sandbox pair.mailbox -NoThrottling
            $o = @{}
            $o.PstFileInfo = Get-PstFile '{{file}}'
            $o.FileInfo = [IO.FileInfo]'{{file}}'
            $o.FoundPstFile = Find-PstFile '{{file}}'
            $o.PstTestResult = Test-PstFile '{{file}}'
            $o.PurviewImportRow = Get-PstFile '{{file}}' | New-PurviewImportMapping -Mailbox $m.Address -SkipContent
            $o.PstFolderInfo = Get-PstFolder '{{file}}' -Folder Inbox
            $o.PstItemInfo = @(Get-PstItem '{{file}}' -Folder Inbox)[0]
            $o.PstRecipientInfo = @($o.PstItemInfo.GetRecipients())[0]
            $o.PstItemBody = $o.PstItemInfo.GetBody()
            $o.PstAttachmentInfo = @(Get-PstItem '{{file}}' -HasAttachment | ForEach-Object { $_.GetAttachments() })[0]
            $all = @(Import-PstToMailbox '{{Sample}}' $m -PassThru @j)
            $o.PstTransferItem = $all[0]
            $undone = @(Undo-PstTransfer * -PassThru -Confirm:$false @j)
            $o.PstUndoneItem = $undone[0]
            $o.PstUndoResult = $undone[-1]
            $null = Import-PstToMailbox '{{Sample}}' $m @j
            $o.PstTransfer = Get-PstTransfer @j
            $compared = @(Compare-PstToMailbox '{{Sample}}' $m -PassThru -IncludeEqual)
            $o.PstComparedItem = $compared[0]
            $o.PstComparison = $compared[-1]
            $o.PstComparedFolder = @($o.PstComparison.Folders)[0]
            $o.PstTransferResult = Export-MailboxToPst $m -Path made.pst @j
            $o.MsMailbox = $m
            $o.MsMailboxInfo = Get-MsMailbox
            $o.MsMailboxFolder = Get-MsMailboxFolder $m -Folder Inbox
            $o.MailboxBackupInfo = Register-MailboxBackup nightly $m backup -Scheduler None @p
            $o.MailboxBackupResult = Start-MailboxBackup nightly @p
            $o.MailboxBackupTest = Test-MailboxBackup nightly @p
            $rooms = [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext([PstMigration.SafeText].Assembly)
            $type = $rooms.LoadFromAssemblyName([System.Reflection.AssemblyName]'PstMigration.Accounts').GetType('PstMigration.Accounts.LegacyMailAccount')
            $o.LegacyMailAccount = [Activator]::CreateInstance($type)
            $type.GetProperty('Account').SetValue($o.LegacyMailAccount, 'taro@hotmail.co.jp')
            $type.GetProperty('DataFile').SetValue($o.LegacyMailAccount, '{{file}}')
            $o.LegacyMailResult = $o.LegacyMailAccount | Test-LegacyMailAccount -Offline
            $o.MailboxBackupDrill = [System.Runtime.CompilerServices.RuntimeHelpers]::GetUninitializedObject([PstMigration.MailboxBackupDrill])
            $o.ConnectionFinding = [System.Runtime.CompilerServices.RuntimeHelpers]::GetUninitializedObject($rooms.LoadFromAssemblyName([System.Reflection.AssemblyName]'PstMigration.Mailboxes').GetType('PstMigration.Mailboxes.Diagnosis.ConnectionFinding'))
            $o.PstRemovalResult = @(Get-PstItem '{{Copy(Sample, "r.pst")}}' -Folder Inbox)[0] | Remove-PstItem
            $o.PstTestFinding = [pscustomobject]@{ PstPath = '{{file}}'; RuleId = 'NDB-12' }
            $o.Boolean = $true
            $o.PSCustomObject = [pscustomobject]@{ Colour = 'red'; Subject = 'x' }
            """);
        string[] before = Tree();
        List<string> wrong = [];
        foreach (string cmdlet in StagedModule.Cmdlets().Select(c => c.Name).Except(s_others))
        {
            foreach (KeyValuePair<string, string[]> kind in s_takes)
            {
                string? problem = Try(cmdlet, kind.Key, kind.Value.Contains(cmdlet));
                if (problem is not null)
                {
                    wrong.Add($"{kind.Key} | {cmdlet}: {problem}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        Assert.Equal(before, Tree());

        // The file system's cmdlets bind Path and its like by name, PSPath where there is none of these: see PstMigration.Types.ps1xml.
        string[] files = ["PstFileInfo", "FoundPstFile", "PstTestResult", "FileInfo", "PurviewImportRow", "PstTransferResult", "PstComparison", .. s_foreign];
        IEnumerable<string> asFiles = s_takes.Keys.Except(files).Where(k => Session.InvokeClean(
            $"$p = $o.{k}.PSObject.Properties; $p['Path'] -or $p['LiteralPath'] -or $p['LP'] -or $p['PSPath'].Value -ne 'PstMigration::'").Single().BaseObject is true);
        Assert.Empty(asFiles);
    }

    [Theory]
    [InlineData("Get-PstFolder", "InputNotFile")]
    [InlineData("Import-PstToMailbox -RetireSource 0d", "RetireNeedsDataFile")]
    [InlineData("Undo-PstTransfer", "InputNotTaken")]
    [InlineData("Get-MsMailbox", "InputNotTaken")]
    [InlineData("Export-MailboxToPst -Path x.pst", "InputNotTaken")]
    [InlineData("Start-MailboxBackup", "InputNotTaken")]
    [InlineData("Test-LegacyMailAccount -Offline", "InputNotTaken")]
    [InlineData("New-PstFile", "InputNotFile")]
    public void Many_objects_that_are_not_taken_are_one_error(string command, string id)
    {
        Connect();

        Assert.Equal([id], Errors($"Get-PstItem '{Sample}' | {command}"));
        Assert.Equal([id], Errors($"Get-PstItem '{Sample}' | {command}"));
    }

    [Fact]
    public void What_retires_files_says_that_items_are_none()
    {
        Connect();
        Errors($"Get-PstItem '{Sample}' | Import-PstToMailbox -RetireSource 0d");

        Assert.Contains("-RetireSource", Session.Errors[0].ToString(), StringComparison.Ordinal);
        Errors($"Get-PstFile '{Sample}' | Remove-PstItem");
        Assert.Contains("items as Get-PstItem gives them", Session.Errors[0].ToString(), StringComparison.Ordinal);
    }

    /// <summary>What is wrong about a pair; null where nothing is.</summary>
    private string? Try(string cmdlet, string kind, bool isTaken)
    {
        // Where the object brings a path of its own, a second one would be refused.
        bool bringsPath = kind == "PurviewImportRow";
        string arguments = bringsPath && cmdlet == "Export-MailboxToPst" ? "-WhatIf" : s_arguments.TryGetValue(cmdlet, out string? given) ? given : "";
        bool taken;
        string error = "";
        try
        {
            Session.Invoke($"$o.{kind} | {cmdlet} {arguments} -WarningAction Ignore");
            taken = Session.Errors.Count == 0;
            error = taken ? "" : Session.Errors[0].FullyQualifiedErrorId + " " + Session.Errors[0];
        }
        catch (RuntimeException e)
        {
            taken = false;
            error = e.ErrorRecord.FullyQualifiedErrorId + " " + e.Message;
        }

        if (cmdlet == "Disconnect-MsMailbox" && taken)
        {
            // Everything that holds the connection is of no use any more.
            Session.InvokeClean("""
                $m = Connect-MsMailbox -Sandbox pair.mailbox -NoThrottling
                $o.MsMailbox = $m
                $o.MsMailboxInfo = Get-MsMailbox
                $o.MsMailboxFolder = Get-MsMailboxFolder $m -Folder Inbox
                $o.PstTransferResult = Export-MailboxToPst $m -Path made.pst @j
                $o.PstComparison = Compare-PstToMailbox $o.PstTransfer.Source $m
                """);
        }

        // What is refused is refused for what it is, not looked for by a text that was made of it.
        bool isSearched = !taken && (error.StartsWith("TransferNotFound", StringComparison.Ordinal) || error.StartsWith("BackupNotFound", StringComparison.Ordinal) || error.StartsWith("PathNotFound", StringComparison.Ordinal));
        // And in words of ours: the engine's are about its own work, once for each object. What is not ours, or goes where nothing is taken, is the engine's to refuse.
        bool isRaw = !taken && error.StartsWith("InputObject", StringComparison.Ordinal) && !s_foreign.Contains(kind) && !s_closed.Contains(cmdlet);
        return taken != isTaken ? (taken ? "taken" : "refused: " + error) : isSearched ? "searched for: " + error : isRaw ? "in the engine's words: " + error : null;
    }

    // What a cmdlet keeps of its own runs, and of its locks, is its own.
    private string[] Tree() =>
        [.. Directory.EnumerateFileSystemEntries(At(".")).Where(e => !e.EndsWith("-wal", StringComparison.Ordinal) && !e.EndsWith("-shm", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
}
