using System.Management.Automation;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests;

public sealed class PstItemFilterTests
{
    private static readonly string s_sample = Path.Combine(StagedModule.Repository, "samples", "rehearsal.pst");

    [Fact]
    public void Senders_are_found_by_name()
    {
        using EngineSession session = StagedModule.Import();
        PSObject[] items = [.. session.InvokeClean($"Get-PstItem '{s_sample}'")];
        string sender = items.Select(i => Text(i, "Sender")).First(s => s.Length > 2 && !s.Contains('\'', StringComparison.Ordinal));

        Assert.Equal(items.Count(i => Text(i, "Sender") == sender), session.InvokeClean($"Get-PstItem '{s_sample}' -From '{WildcardPattern.Escape(sender)}'").Count);
        Assert.Empty(session.InvokeClean($"Get-PstItem '{s_sample}' -From 'no such sender'"));
    }

    [Fact]
    public void Senders_are_found_by_address_where_the_pattern_has_an_at_sign()
    {
        using EngineSession session = StagedModule.Import();
        PSObject[] found = [.. session.InvokeClean($"Get-PstItem '{s_sample}' -From '*@*'")];

        Assert.NotEmpty(found);
        Assert.Contains(found, i => !Text(i, "Sender").Contains('@', StringComparison.Ordinal));
        Assert.Empty(session.InvokeClean($"Get-PstItem '{s_sample}' -From '*@nowhere.invalid'"));
    }

    [Fact]
    public void Attachments_are_asked_for_or_ruled_out()
    {
        using EngineSession session = StagedModule.Import();
        PSObject[] items = [.. session.InvokeClean($"Get-PstItem '{s_sample}'")];
        int with = items.Count(i => (bool)i.Properties["HasAttachments"].Value);

        Assert.InRange(with, 1, items.Length - 1);
        Assert.Equal(with, session.InvokeClean($"Get-PstItem '{s_sample}' -HasAttachment").Count);
        Assert.Equal(items.Length - with, session.InvokeClean($"Get-PstItem '{s_sample}' -HasAttachment:$false").Count);
    }

    [Fact]
    public void Class_is_short_for_message_class()
    {
        using EngineSession session = StagedModule.Import();

        Assert.Equal(
            session.InvokeClean($"Get-PstItem '{s_sample}' -MessageClass IPM.Note*").Count,
            session.InvokeClean($"Get-PstItem '{s_sample}' -Class IPM.Note*").Count);
    }

    [Fact]
    public void A_sound_new_file_has_nothing_to_recover()
    {
        using EngineSession session = StagedModule.Import();

        Assert.Equal(session.InvokeClean($"Get-PstItem '{s_sample}'").Count, session.InvokeClean($"Get-PstItem '{s_sample}' -IncludeDeleted").Count);
    }

    [Fact]
    public void Associated_items_are_flagged()
    {
        string file = TestData.Path("pst/Outlook_1.pst");
        using EngineSession session = StagedModule.Import();
        PSObject[] items = [.. session.InvokeClean($"Get-PstItem '{file}' -IncludeHidden")];
        PSObject[] all = [.. session.InvokeClean($"Get-PstItem '{file}' -IncludeHidden -IncludeAssociated")];

        Assert.DoesNotContain(items, i => (bool)i.Properties["IsAssociated"].Value);
        Assert.Contains(all, i => (bool)i.Properties["IsAssociated"].Value);
        Assert.Equal(items.Length, all.Count(i => !(bool)i.Properties["IsAssociated"].Value));
    }

    [Theory]
    [InlineData("pst/pstsdk-sample1.pst")]
    [InlineData("pst/test_unicode.pst")]
    [InlineData("pst/Outlook_1.pst")]
    public void Looking_for_deleted_items_leaves_the_listed_ones_as_they_are(string relative)
    {
        string file = TestData.Path(relative);
        using EngineSession session = StagedModule.Import();
        PSObject[] items = [.. session.InvokeClean($"Get-PstItem '{file}'")];
        PSObject[] all = [.. session.InvokeClean($"Get-PstItem '{file}' -IncludeDeleted")];
        PSObject[] recovered = [.. all.Where(i => (bool)i.Properties["IsRecovered"].Value)];

        Assert.DoesNotContain(items, i => (bool)i.Properties["IsRecovered"].Value);
        Assert.Equal(items.Length, all.Length - recovered.Length);
        Assert.All(recovered, i => Assert.NotEmpty(Text(i, "MessageClass")));
    }

    private static string Text(PSObject item, string property) => (string)item.Properties[property].Value;
}
