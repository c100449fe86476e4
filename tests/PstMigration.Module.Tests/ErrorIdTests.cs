using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using Xunit;

namespace PstMigration.Module.Tests;

public sealed class ErrorIdTests
{
    private static readonly Assembly s_module = StagedModule.Cmdlets()[0].ImplementingType.Assembly;

    private static IReadOnlyDictionary<string, ErrorCategory> Catalog => (IReadOnlyDictionary<string, ErrorCategory>)s_module
        .GetType("PstMigration.Errors.ErrorCatalog", throwOnError: true)!.GetField("Categories", BindingFlags.Static | BindingFlags.NonPublic)!.GetValue(null)!;

    [Fact]
    public void Every_id_the_code_can_give_is_in_the_catalog_and_no_other()
    {
        string[] used = [.. ErrorIds.InStagedModule().Order(StringComparer.Ordinal)];

        Assert.Contains("PstNotFound", used);
        Assert.Equal([], used.Except(Catalog.Keys));
        Assert.Equal([], Catalog.Keys.Except(used));
    }

    [Fact]
    public void Every_id_has_a_category_and_advice_in_both_languages()
    {
        Dictionary<string, string> english = StagedAssemblies.Texts(s_module, "");
        Dictionary<string, string> japanese = StagedAssemblies.Texts(s_module, "ja-JP");
        Assert.All(Catalog, entry =>
        {
            Assert.Matches(ErrorIds.Pattern, entry.Key);
            Assert.NotEqual(ErrorCategory.NotSpecified, entry.Value);
            Assert.False(string.IsNullOrWhiteSpace(english["Action_" + entry.Key]), entry.Key);
            Assert.Contains(japanese["Action_" + entry.Key], c => c is >= '\u3040' and <= '\u30FF');
        });
    }

    [Fact]
    public void Every_text_of_every_room_is_in_both_languages_with_the_same_places()
    {
        Assembly[] rooms = [.. Directory.EnumerateFiles(StagedModule.Bin("net8.0"), "PstMigration*.dll")
            .Where(f => !f.EndsWith(".Loader.V0.dll", StringComparison.Ordinal)).Select(f => StagedAssemblies.Load(f))];
        Assert.NotEmpty(rooms);
        foreach (Assembly room in rooms.Where(r => r.GetManifestResourceNames().Any(n => n.EndsWith(".Strings.resources", StringComparison.Ordinal))))
        {
            Dictionary<string, string> english = StagedAssemblies.Texts(room, "");
            Dictionary<string, string> japanese = StagedAssemblies.Texts(room, "ja-JP");
            Assert.Equal(english.Keys.Order(StringComparer.Ordinal), japanese.Keys.Order(StringComparer.Ordinal));
            Assert.All(english, text => Assert.Equal((text.Key, Places(text.Value)), (text.Key, Places(japanese[text.Key]))));
        }
    }

    private static string Places(string format) =>
        string.Join(",", System.Text.RegularExpressions.Regex.Matches(format, @"\{(\d+)").Select(m => m.Groups[1].Value).Distinct().Order(StringComparer.Ordinal));
}
