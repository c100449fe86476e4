using System.Management.Automation;
using System.Reflection;
using System.Xml.Linq;
using Xunit;

namespace PstMigration.Module.Tests;

public sealed class ErrorIdTests
{
    /// <summary>Two words or more, each with a capital.</summary>
    private const string Pattern = "^[A-Z][a-z0-9]+([A-Z][a-z0-9]*)+$";

    private static readonly IReadOnlyList<Assembly> s_rooms = [.. Directory.EnumerateFiles(StagedModule.Bin("net8.0"), "PstMigration*.dll")
        .Where(f => !f.EndsWith(".Loader.V0.dll", StringComparison.Ordinal)).Select(f => StagedAssemblies.Load(f))];

    [Fact]
    public void Every_error_a_room_declares_has_a_name_of_its_own_a_category_and_advice_in_both_languages()
    {
        FieldInfo[] fields = [.. s_rooms
            .SelectMany(r => r.GetTypes())
            .Where(t => t.Name.EndsWith("ErrorIds", StringComparison.Ordinal))
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public))];
        Assert.Equal(fields.Length, fields.Select(f => f.Name).Distinct().Count());
        Assert.Contains(fields, f => f.Name == "PstNotFound");
        Assert.Equal(fields.Select(f => f.Name).Order(StringComparer.Ordinal), Catalog().Order(StringComparer.Ordinal));
        foreach (FieldInfo field in fields)
        {
            object error = field.GetValue(null)!;
            Assert.Equal(field.Name, error.ToString());
            Assert.Matches(Pattern, field.Name);
            Assert.NotEqual(ErrorCategory.NotSpecified, Category(error));
            Assert.False(string.IsNullOrWhiteSpace(Advice(error, "en-US")), field.Name);
            Assert.Contains(Advice(error, "ja-JP") ?? "", c => c is >= '\u3040' and <= '\u30FF');
        }
    }

    [Fact]
    public void Every_text_of_every_room_is_in_both_languages_with_the_same_places()
    {
        Assert.NotEmpty(s_rooms);
        foreach (Assembly room in s_rooms.Where(r => r.GetManifestResourceNames().Any(n => n.EndsWith(".Strings.resources", StringComparison.Ordinal))))
        {
            Dictionary<string, string> english = StagedAssemblies.Texts(room, "");
            Dictionary<string, string> japanese = StagedAssemblies.Texts(room, "ja-JP");
            Assert.Equal(english.Keys.Order(StringComparer.Ordinal), japanese.Keys.Order(StringComparer.Ordinal));
            Assert.All(english, text => Assert.Equal((text.Key, Places(text.Value)), (text.Key, Places(japanese[text.Key]))));
        }
    }

    [Fact]
    public void Every_text_stands_once()
    {
        string[] files = Directory.GetFiles(Path.Combine(StagedModule.Repository, "src"), "Strings*.resx", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        Assert.All(files, f => Assert.Empty(XDocument.Load(f).Root!.Elements("data").GroupBy(d => d.Attribute("name")!.Value).Where(g => g.Count() > 1).Select(g => g.Key)));
    }

    private static Type ErrorCatalog => s_rooms.Single(r => r.GetName().Name == "PstMigration").GetType("PstMigration.Errors.ErrorCatalog", throwOnError: true)!;

    private static IEnumerable<string> Catalog()
    {
        object all = ErrorCatalog.GetProperty("All", BindingFlags.Static | BindingFlags.NonPublic)!.GetValue(null)!;
        return (IEnumerable<string>)all.GetType().GetProperty("Keys")!.GetValue(all)!;
    }

    private static ErrorCategory Category(object error) =>
        (ErrorCategory)ErrorCatalog.GetMethod("Category", BindingFlags.Static | BindingFlags.NonPublic)!.Invoke(null, [error])!;

    private static string? Advice(object error, string language) =>
        (string?)error.GetType().GetMethod("Advice")!.Invoke(error, [System.Globalization.CultureInfo.GetCultureInfo(language)]);

    private static string Places(string format) =>
        string.Join(",", System.Text.RegularExpressions.Regex.Matches(format, @"\{(\d+)").Select(m => m.Groups[1].Value).Distinct().Order(StringComparer.Ordinal));
}
