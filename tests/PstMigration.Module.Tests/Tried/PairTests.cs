using System.Management.Automation;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests.Tried;

/// <summary>Every kind of object piped into every cmdlet: it is taken for what it is, or refused with an error; nothing is made text of and read as a path or an address.</summary>
public sealed class PairTests : TriedTest
{
    // What takes what. Everything that is not here is refused.
    private static readonly Dictionary<string, string[]> s_takes = new()
    {
        ["PstFileInfo"] = ["Get-PstFile", "Get-PstFolder", "Get-PstItem", "Export-PstItem", "Import-PstItem", "Import-PstToMailbox", "Test-PstFile", "New-PurviewImportMapping", "Find-PstFile"],
        ["FoundPstFile"] = ["Get-PstFile", "Get-PstFolder", "Get-PstItem", "Export-PstItem", "Import-PstItem", "Import-PstToMailbox", "Test-PstFile", "New-PurviewImportMapping", "Find-PstFile"],
        ["PstTestResult"] = ["Get-PstFile", "Get-PstFolder", "Get-PstItem", "Export-PstItem", "Import-PstItem", "Import-PstToMailbox", "Test-PstFile", "New-PurviewImportMapping", "Find-PstFile"],
        ["PstTransferResult"] =
        [
            "Get-PstFile", "Get-PstFolder", "Get-PstItem", "Export-PstItem", "Import-PstItem", "Import-PstToMailbox", "Test-PstFile", "New-PurviewImportMapping", "Find-PstFile",
            "Export-MailboxToPst", "Get-MsMailbox", "Get-MsMailboxFolder", "Disconnect-MsMailbox",
        ],
        ["PstFolderInfo"] = ["Get-PstFolder", "Get-PstItem", "Export-PstItem", "Import-PstItem", "Import-PstToMailbox"],
        ["PstItemInfo"] = ["Export-PstItem", "Import-PstItem", "Import-PstToMailbox", "Remove-PstItem"],
        ["MsMailbox"] = ["Export-MailboxToPst", "Get-MsMailbox", "Get-MsMailboxFolder", "Disconnect-MsMailbox", "Test-LegacyMailAccount", "Test-MsMailboxConnection"],
        ["MsMailboxInfo"] = ["Export-MailboxToPst", "Get-MsMailbox", "Get-MsMailboxFolder", "Disconnect-MsMailbox", "Test-LegacyMailAccount", "Test-MsMailboxConnection"],
        ["MsMailboxFolder"] = ["Export-MailboxToPst"],
        ["LegacyMailAccount"] = ["Get-PstFile", "Get-PstFolder", "Get-PstItem", "Export-PstItem", "Import-PstItem", "Import-PstToMailbox", "Test-PstFile", "New-PurviewImportMapping", "Test-LegacyMailAccount", "Test-MsMailboxConnection"],
        ["LegacyMailResult"] = ["Get-PstFile", "Get-PstFolder", "Get-PstItem", "Export-PstItem", "Import-PstItem", "Import-PstToMailbox", "Test-PstFile", "New-PurviewImportMapping", "Test-LegacyMailAccount", "Test-MsMailboxConnection"],
        ["PstTransferItem"] = [],
        ["PstTestFinding"] = [],
        ["PstRemovalResult"] = [],
        ["PstRecipientInfo"] = ["Test-LegacyMailAccount"],
        ["PstAttachmentInfo"] = [],
        ["PstItemBody"] = [],
        ["PSCustomObject"] = [],
    };

    /// <summary>Cmdlets that take no objects, or would ask a service.</summary>
    private static readonly string[] s_others =
        ["Connect-MsMailbox", "Get-LegacyMailAccount", "New-PstFile", "Get-PstTransfer", "Remove-PstTransfer", "Test-MsMailboxConnection"];

    [Fact]
    public void Every_object_into_every_cmdlet()
    {
        string file = Outlook("pair.pst");
        Session.InvokeClean($$"""
            $m = Connect-MsMailbox -Sandbox pair.mailbox -NoThrottling
            $o = @{}
            $o.PstFileInfo = Get-PstFile '{{file}}'
            $o.FoundPstFile = Find-PstFile '{{file}}'
            $o.PstTestResult = Test-PstFile '{{file}}'
            $o.PstFolderInfo = Get-PstFolder '{{file}}' -Folder Inbox
            $o.PstItemInfo = @(Get-PstItem '{{file}}' -Folder Inbox)[0]
            $o.PstRecipientInfo = @($o.PstItemInfo.GetRecipients())[0]
            $o.PstItemBody = $o.PstItemInfo.GetBody()
            $o.PstAttachmentInfo = @(Get-PstItem '{{file}}' -HasAttachment | ForEach-Object { $_.GetAttachments() })[0]
            $all = @(Import-PstToMailbox '{{Sample}}' $m -PassThru)
            $o.PstTransferItem = $all[0]
            $o.PstTransferResult = Export-MailboxToPst $m -Path made.pst
            $o.MsMailbox = $m
            $o.MsMailboxInfo = Get-MsMailbox
            $o.MsMailboxFolder = Get-MsMailboxFolder $m -Folder Inbox
            $type = [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext([PstMigration.SafeText].Assembly).LoadFromAssemblyName([System.Reflection.AssemblyName]'PstMigration.Accounts').GetType('PstMigration.Accounts.LegacyMailAccount')
            $o.LegacyMailAccount = [Activator]::CreateInstance($type)
            $type.GetProperty('Account').SetValue($o.LegacyMailAccount, 'taro@hotmail.co.jp')
            $type.GetProperty('DataFile').SetValue($o.LegacyMailAccount, '{{file}}')
            $o.LegacyMailResult = $o.LegacyMailAccount | Test-LegacyMailAccount -Offline
            $o.PstRemovalResult = @(Get-PstItem '{{Copy(Sample, "r.pst")}}' -Folder Inbox)[0] | Remove-PstItem
            $o.PstTestFinding = [pscustomobject]@{ PstPath = '{{file}}'; RuleId = 'NDB-12' }
            $o.PSCustomObject = [pscustomobject]@{ Colour = 'red'; Subject = 'x' }
            """);
        string[] before = [.. Directory.EnumerateFileSystemEntries(At("."))];
        List<string> wrong = [];
        foreach (CmdletInfo cmdlet in StagedModule.Cmdlets().Where(c => !s_others.Contains(c.Name)))
        {
            foreach (KeyValuePair<string, string[]> kind in s_takes)
            {
                string arguments = cmdlet.Name switch
                {
                    "Export-PstItem" => " -Destination pair-out -Format Csv -WhatIf",
                    "Import-PstItem" => " -Destination pair-out.pst -WhatIf",
                    "Import-PstToMailbox" => kind.Key is "MsMailbox" or "MsMailboxInfo" or "PstTransferResult" ? " -WhatIf" : " -Mailbox $m -WhatIf",
                    "Export-MailboxToPst" => kind.Key is "PstTransferResult" ? " -WhatIf" : " -Path pair-export.pst -WhatIf",
                    "Remove-PstItem" => " -WhatIf",
                    "New-PurviewImportMapping" => " -Mailbox taro@example.jp",
                    "Test-LegacyMailAccount" => " -Offline",
                    "Disconnect-MsMailbox" => "",
                    _ => "",
                };
                bool taken;
                try
                {
                    Session.Invoke($"$o.{kind.Key} | {cmdlet.Name}{arguments} -WarningAction Ignore");
                    taken = Session.Errors.Count == 0;
                }
                catch (RuntimeException)
                {
                    taken = false;
                }

                if (cmdlet.Name == "Disconnect-MsMailbox" && taken)
                {
                    Session.InvokeClean("$m = Connect-MsMailbox -Sandbox pair.mailbox -NoThrottling; $o.MsMailbox = $m; $o.MsMailboxInfo = Get-MsMailbox; $o.MsMailboxFolder = Get-MsMailboxFolder $m -Folder Inbox; $o.PstTransferResult = Export-MailboxToPst $m -Path made.pst");
                }

                if (taken != kind.Value.Contains(cmdlet.Name))
                {
                    wrong.Add($"{kind.Key} | {cmdlet.Name}: {(taken ? "taken" : "refused: " + (Session.Errors.Count > 0 ? Session.Errors[0].ToString() : ""))}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        Assert.Equal(before.Order(StringComparer.Ordinal), Directory.EnumerateFileSystemEntries(At(".")).Order(StringComparer.Ordinal));
    }
}
