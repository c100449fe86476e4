using System.Management.Automation;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests.Tried;

/// <summary>
/// Rows C: what confused. C1 (waits for throttling) is in PstMigration.Tests, C5 and C6 need the exports of an installed PowerShell and are in tests/Pester, C7 (a full disk has one name) is
/// <see cref="FullDiskTests"/>, C19 (the index of HTML) is <see cref="ExportPstItemTests"/>.
/// </summary>
public sealed class ConfusingTests : TriedTest
{
    [Theory]
    [InlineData("Get-PstItem '{0}' -Folder Inbox | Test-PstFile")]
    [InlineData("Get-PstItem '{0}' -Folder Inbox | Get-PstFile")]
    [InlineData("Get-PstFolder '{0}' -Recurse | Get-PstFile")]
    [InlineData("Get-PstFolder '{0}' -Recurse | Test-PstFile -Quick")]
    [InlineData("Get-PstItem '{0}' -Folder Inbox | Compare-PstToMailbox -Mailbox $m")]
    public void Items_and_folders_where_files_are_wanted_are_one_error(string script)
    {
        Connect();

        Assert.Equal(["InputNotFile"], Errors(string.Format(System.Globalization.CultureInfo.InvariantCulture, script, Sample)));
        Assert.DoesNotContain("PstMigration::", Session.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Contains("PstPath", Session.Errors[0].ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-PstItem '{0}' -Folder Inbox")]
    [InlineData("Get-PstFolder '{0}' -Folder Inbox")]
    [InlineData("Get-MsMailboxFolder $m -Folder Inbox")]
    public void The_path_that_keeps_the_cmdlets_of_the_file_system_away_is_not_shown(string script)
    {
        Connect();
        script = string.Format(System.Globalization.CultureInfo.InvariantCulture, script, Sample);

        string shown = Session.Show($"{script} | Format-List") + Session.Show($"{script} | Format-List *");
        Assert.DoesNotContain("PSPath", shown, StringComparison.Ordinal);
        Assert.Contains("Folder", shown, StringComparison.Ordinal);
        Assert.Equal("PstMigration::", Session.InvokeClean($"@({script})[0].PSPath").Single().BaseObject);
    }

    [Theory]
    [InlineData("Get-PstItem none*.pst")]
    [InlineData("Get-PstFile none*.pst, none?.pst")]
    [InlineData("Test-PstFile none*.pst")]
    [InlineData("Find-PstFile none*")]
    [InlineData("Export-PstItem none*.pst out")]
    [InlineData("Import-PstItem none*.pst new.pst")]
    [InlineData("Import-PstToMailbox none*.pst $m")]
    [InlineData("Compare-PstToMailbox none*.pst $m")]
    public void A_wildcard_that_matches_nothing_is_said(string script)
    {
        Connect();

        string[] warnings = Warnings(script);

        Assert.All(warnings, w => Assert.Contains("none", w, StringComparison.Ordinal));
        Assert.Equal(script.Contains(',', StringComparison.Ordinal) ? 2 : 1, warnings.Length);
        Assert.False(File.Exists(At("new.pst")));
    }

    [Fact]
    public void C2_Each_item_of_a_loop_is_removed()
    {
        string file = Outlook();

        Session.InvokeClean($"Get-PstItem '{file}' -Folder Inbox | ForEach-Object {{ $null = $_ | Remove-PstItem }}");
        Assert.Empty(Session.InvokeClean($"Get-PstItem '{file}' -Folder Inbox"));
        Session.InvokeClean($"$all = @(Get-PstItem '{file}' -Folder SentItems); foreach ($i in $all) {{ $null = Remove-PstItem $i }}");
        Assert.Empty(Session.InvokeClean($"Get-PstItem '{file}' -Folder SentItems"));

        // Held over a change of the file by ourselves.
        Session.InvokeClean($"$held = @(Get-PstItem '{file}' -Folder Contacts); $null = Import-PstItem '{Sample}' '{file}'; $null = $held[0].GetBody()");
        Assert.Single(Session.InvokeClean("$held | Export-PstItem -Destination held -PassThru"));
    }

    [Fact]
    public void C3_What_Get_MsMailbox_gives_is_a_mailbox()
    {
        Connect();

        Assert.Equal(5, Number(Result($"Import-PstToMailbox '{Sample}' (Get-MsMailbox)"), "Copied"));
        Assert.Equal(5, Number(Result($"Get-MsMailbox | ForEach-Object {{ Import-PstToMailbox '{Sample}' $_ }}"), "AlreadyThere"));
        Assert.Equal(5, Number(Result("Get-MsMailbox | Export-MailboxToPst -Path out.pst"), "Copied"));
    }

    [Fact]
    public void C4_A_sandbox_that_is_connected_is_given_again()
    {
        Session.InvokeClean("$null = Connect-MsMailbox -Sandbox x.mailbox; $again = Connect-MsMailbox -Sandbox ./x.mailbox");

        Assert.Single(Session.InvokeClean("Get-MsMailbox"));
        Assert.True((bool)Session.InvokeClean("$again.IsConnected -and [object]::ReferenceEquals($again, (Get-MsMailbox).Mailbox)").Single().BaseObject);
    }

    [Fact]
    public void C8_Each_file_has_its_result_as_it_is_done()
    {
        string first = Copy(Sample, "1.pst");
        string second = Copy(Sample, "2.pst");

        Session.InvokeClean($"Export-PstItem '{first}', '{second}' out | ForEach-Object {{ if ($_.Source -eq '{first}') {{ $script:early = [IO.Directory]::Exists('{At("out")}/2') }} }}");

        Assert.False((bool)Session.InvokeClean("$script:early").Single().BaseObject);
        Assert.True(Directory.Exists(At("out/2")));
    }

    [Fact]
    public void C9_WhatIf_tells_how_much()
    {
        string file = Copy(TestData.Path("pst/dist-list.pst"), "lists.pst");
        Connect();

        string import = Session.Show($"Import-PstToMailbox '{file}' $m -WhatIf");
        Assert.Matches(@"\d+ item\(s\)", import);
        Assert.Contains("IPM.DistList (", import, StringComparison.Ordinal);
        Assert.Contains("Time by the limits of the service: less than a minute.", import, StringComparison.Ordinal);
        Session.InvokeClean($"$null = Import-PstToMailbox '{Sample}' $m");
        string export = Session.Show("Export-MailboxToPst $m n.pst -WhatIf");
        Assert.Matches(@"\b5 item\(s\)", export);
        Assert.Contains("Time by the limits of the service", export, StringComparison.Ordinal);
        Assert.Matches(@"\b16 item\(s\)", Session.Show($"Export-PstItem '{Outlook()}' out -Format Text -WhatIf"));
        Assert.Matches(@"\b3 item\(s\)", Session.Show($"Import-PstItem '{Sample}' n.pst -Folder Inbox -WhatIf"));
        Assert.False(File.Exists(At("n.pst")) || Directory.Exists(At("out")));
    }

    [Fact]
    public void C10_A_target_folder_holds_the_folders_and_no_empty_ones_of_a_second_run()
    {
        Session.InvokeClean($"$null = Get-PstItem '{Sample}' -Folder Inbox | Import-PstItem -Destination new.pst -TargetFolder Kept");
        Assert.Contains("Kept/受信トレイ", Session.InvokeClean("Get-PstFolder new.pst -Recurse").Select(f => f.ToString()));

        Session.InvokeClean($"$null = Get-PstItem '{Sample}' -Folder Inbox | Import-PstItem -Destination new.pst -TargetFolder Other");
        Assert.DoesNotContain(Session.InvokeClean("Get-PstFolder new.pst -Recurse"), f => f.ToString().StartsWith("Other", StringComparison.Ordinal));
    }

    [Fact]
    public void C11_Appointments_are_listed_by_when_they_take_place()
    {
        string file = TestData.Path("pst/outlook-com-4k.ost");
        PSObject[] holidays = [.. Session.InvokeClean($"Get-PstItem '{file}' -Folder Calendar -WarningAction Ignore")];
        DateTime[] starts = [.. holidays.Select(i => i.Properties["Start"].Value).OfType<DateTime>()];

        Assert.Equal(holidays.Length, starts.Length);
        Assert.True(starts.Distinct().Count() > 5, "They take place on different days.");
        Assert.All(holidays, i => Assert.Equal(i.Properties["Start"].Value, i.Properties["Time"].Value));
        DateTime middle = starts.Order().ElementAt(starts.Length / 2);
        Assert.Equal(
            starts.Count(s => s >= middle.Date),
            Session.InvokeClean($"Get-PstItem '{file}' -Folder Calendar -Since {middle:yyyy-MM-dd} -WarningAction Ignore").Count);
        string[] names = [.. Session.InvokeClean($"Get-PstItem '{file}' -Folder Calendar -Since {middle:yyyy-MM-dd} -WarningAction Ignore | Export-PstItem -Destination cal -Format Text -PassThru -WarningAction Ignore").Select(f => Path.GetFileName(f.BaseObject.ToString()!))];
        Assert.Contains(names, n => n.StartsWith(middle.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));
    }

    [Fact]
    public void C12_Items_of_several_files_have_headings_of_their_own()
    {
        string a = Copy(Sample, "a.pst");
        string b = Copy(Sample, "b.pst");
        string shown = Session.Show($"Get-PstItem '{a}', '{b}' -Folder Inbox");

        Assert.Contains("a.pst: ", shown, StringComparison.Ordinal);
        Assert.Contains("b.pst: ", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void C13_Removing_says_what_was_done()
    {
        string file = Copy(Sample, "r.pst");

        PSObject moved = Session.InvokeClean($"Get-PstItem '{file}' -Folder Inbox | Remove-PstItem").Single();
        Assert.Equal((2, 0), (Number(moved, "Moved"), Number(moved, "AlreadyDeleted")));
        PSObject again = Session.InvokeClean($"Get-PstItem '{file}' -Folder DeletedItems | Remove-PstItem").Single();
        Assert.Equal(0, Number(again, "Moved"));
        Assert.True(Number(again, "AlreadyDeleted") >= 2);
    }

    [Fact]
    public void C13_What_was_removed_already_is_no_error()
    {
        string file = Copy(Sample, "r.pst");

        PSObject[] twice = [.. Session.InvokeClean($"$i = Get-PstItem '{file}' -Folder Inbox; $i | Remove-PstItem -Permanent -Confirm:$false; $i | Remove-PstItem -Permanent -Confirm:$false; $i | Remove-PstItem")];

        Assert.Equal((2, 0, 0), (Number(twice[0], "Removed"), Number(twice[0], "AlreadyDeleted"), Number(twice[0], "Failed")));
        Assert.All(twice[1..], r => Assert.Equal((0, 0, 2, 0), (Number(r, "Removed"), Number(r, "Moved"), Number(r, "AlreadyDeleted"), Number(r, "Failed"))));
    }

    [Theory]
    [InlineData("Export-MailboxToPst $m n.pst -Folder Inbx", "Get-MsMailboxFolder")]
    [InlineData("Get-MsMailboxFolder $m -Folder Inbx", "Get-MsMailboxFolder")]
    [InlineData("Get-PstItem '{0}' -Folder Inbx", "Get-PstFolder")]
    [InlineData("Test-LegacyMailAccount 'not an address' -Offline", "taro@outlook.com")]
    public void Advice_names_the_cmdlet_that_helps(string script, string advice)
    {
        Connect();
        Session.Invoke(string.Format(System.Globalization.CultureInfo.InvariantCulture, script, Sample));

        Assert.Contains(advice, Assert.Single(Session.Errors).ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void An_item_without_a_subject_is_named_as_such()
    {
        byte[] bytes = File.ReadAllBytes(TestData.Path("pst/testPST.pst"));
        bytes.AsSpan(0x4400, 61_440).Clear();
        File.WriteAllBytes(At("d.pst"), bytes);

        Session.Invoke("Import-PstItem d.pst n.pst");

        Assert.NotEmpty(Session.Errors);
        Assert.All(Session.Errors, e => Assert.StartsWith("An item without a subject in '", e.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void A_table_that_is_as_it_would_be_written_is_there_already()
    {
        string file = Copy(Sample, "t.pst");
        Result($"Export-PstItem '{file}' out -Format Csv");
        byte[] before = File.ReadAllBytes(At(Path.Combine("out", "t.csv")));

        PSObject again = Result($"Export-PstItem '{file}' out -Format Csv");
        Assert.Equal((5, 0, 5), (Number(again, "Read"), Number(again, "Copied"), Number(again, "AlreadyThere")));
        Session.InvokeClean($"$null = Get-PstItem '{file}' -Folder Inbox | Remove-PstItem -Permanent -Confirm:$false");
        Assert.Equal(["ExportFileExists"], Errors($"Export-PstItem '{file}' out -Format Csv"));
        Assert.Equal(before, File.ReadAllBytes(At(Path.Combine("out", "t.csv"))));
        Assert.Equal(["t.csv"], Directory.EnumerateFiles(At("out")).Select(Path.GetFileName));
        Assert.Equal(3, Number(Result($"Export-PstItem '{file}' out -Format Csv -Force"), "Copied"));
    }

    [Theory]
    [InlineData("Get-PstFile nope.pst")]
    [InlineData("Find-PstFile ./nope")]
    public void C14_What_is_missing_is_caught_as_by_other_cmdlets(string script)
    {
        PSObject caught = Session.Invoke($"try {{ {script} -ErrorAction Stop }} catch [System.Management.Automation.ItemNotFoundException] {{ \"caught $_\" }}").Single();

        Assert.StartsWith("caught There is no file or folder", caught.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void C15_An_account_without_a_data_file_is_an_error_about_it()
    {
        Connect();
        string good = Copy(Sample, "good.pst");

        Session.Invoke($"[pscustomobject]@{{ Account = 'a'; DataFile = $null }}, [pscustomobject]@{{ Account = 'b'; DataFile = '{good}' }} | Import-PstToMailbox");

        Assert.Equal("PathMissing", Assert.Single(Session.Errors).FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(5, Number(Session.InvokeClean("Get-MsMailbox").Single(), "ItemCount"));
    }

    [Fact]
    public void C15_An_account_with_a_data_file_pipes_into_what_reads_data_files()
    {
        Connect();
        string file = Copy(Sample, "account.pst");
        Session.InvokeClean($$"""
            $type = [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext([PstMigration.SafeText].Assembly).LoadFromAssemblyName([System.Reflection.AssemblyName]'PstMigration.Accounts').GetType('PstMigration.Accounts.LegacyMailAccount')
            $account = [Activator]::CreateInstance($type)
            $type.GetProperty('Account').SetValue($account, 'taro@hotmail.co.jp')
            $type.GetProperty('DataFile').SetValue($account, '{{file}}')
            """);

        Assert.Equal(5, Session.InvokeClean("$account | Get-PstItem").Count);
        Assert.Equal(5, Number(Result("$account | Import-PstToMailbox"), "Copied"));
        Assert.Equal(5, Number(Result("$account | Test-LegacyMailAccount -Offline | Import-PstItem -Destination n.pst"), "Copied"));
    }

    [Fact]
    public void C16_The_topic_names_only_cmdlets_that_exist()
    {
        string[] known = [.. StagedModule.Cmdlets().Select(c => c.Name)];
        foreach (string language in new[] { "en-US", "ja-JP" })
        {
            foreach (string topic in new[] { "about_PstMigration", "about_LegacyMailAccounts" })
            {
                string text = File.ReadAllText(Path.Combine(StagedModule.Root, language, topic + ".help.txt"));
                foreach (System.Text.RegularExpressions.Match match in System.Text.RegularExpressions.Regex.Matches(text, @"\b[A-Z][a-z]+-(Pst|Ms|MailboxToPst|Legacy)\w*\b(?!\.ps1)"))
                {
                    Assert.Contains(match.Value, known);
                }

                Assert.Contains(topic == "about_PstMigration" ? "samples" : "Test-LegacyMailAccount", text, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void C17_A_table_can_be_named()
    {
        Session.InvokeClean($"$null = Export-PstItem '{Sample}' lists.csv -Format Csv");
        Assert.True(File.Exists(At("lists.csv")));
        Assert.Equal(["DestinationIsOneFile"], Errors($"Export-PstItem '{Copy(Sample, "1.pst")}', '{Copy(Sample, "2.pst")}' two.csv -Format Csv"));
    }

    [Fact]
    public void C18_Times_in_tables_are_times_to_Excel()
    {
        Session.InvokeClean($"$null = Export-PstItem '{Sample}' lists.csv -Format Csv");

        Assert.Matches("\"\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\"", File.ReadAllText(At("lists.csv")));
        Assert.DoesNotMatch("\\d\\d:\\d\\d:\\d\\d [+-]", File.ReadAllText(At("lists.csv")));
    }

    [Fact]
    public void C20_An_unknown_and_a_closed_mailbox_are_errors_about_them_and_the_script_goes_on()
    {
        Connect();
        Assert.Equal(["MailboxNotConnected", "MailboxDisconnected"], Errors($"Import-PstToMailbox '{Sample}' nobody@example.jp; Disconnect-MsMailbox $m; Import-PstToMailbox '{Sample}' $m"));
    }
}
