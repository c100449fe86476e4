using System.Management.Automation;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests;

/// <summary>Bodies as people get them, beside what is stored.</summary>
public sealed class ShownBodyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pstmigration").FullName;

    public static IEnumerable<TheoryDataRow<string?>> Files => TestData.Files("pst", ".pst", ".ost");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Files))]
    public void GetBody_gives_what_is_stored(string? file)
    {
        Assert.SkipWhen(file is null, "The folder of real files is not beside this checkout.");
        using EngineSession session = StagedModule.Import();
        PSObject[] items = [.. session.InvokeClean($$"""
            Get-PstItem '{{TestData.Path(file!)}}' -IncludeHidden -Property 0x1000, 0x1009, 0x1013, 0x1016 -WarningAction Ignore | ForEach-Object {
                $body = $_.GetBody()
                [pscustomobject]@{
                    Subject = $_.Subject; Text = $_.'0x1000'; Rtf = $_.'0x1009'; Html = $_.'0x1013'; Native = $_.'0x1016'
                    Format = $body.Format.ToString(); Choice = $body.Choice.ToString(); Differing = $body.Differing.ToString(); ShownText = $body.Text; ShownHtml = $body.Html
                }
            }
            """)];

        Assert.All(items, item =>
        {
            StoredBody stored = new((int?)Value(item, "Native"), (string?)Value(item, "Text"), Value(item, "Html") is Array { Length: > 0 } or string { Length: > 0 }, (byte[]?)Value(item, "Rtf"));
            string format = (string)Value(item, "Format")!;
            Assert.Equal(stored.Format ?? format, format);
            Assert.Equal(stored.Format is null, (string)Value(item, "Differing")! != "None");
            Assert.Equal(format == "None", (string)Value(item, "Choice")! == "None");
            Assert.Equal(stored.Letters ?? PlainRtf.Letters((string?)Value(item, "ShownText")), PlainRtf.Letters((string?)Value(item, "ShownText")));
            if (stored.HtmlLetters is string letters)
            {
                Assert.Equal(letters, PlainRtf.LettersOfHtml((string)Value(item, "ShownHtml")!));
            }
        });
    }

    /// <summary>HTML in RTF beside a text of two blank lines: the mail is a picture.</summary>
    [Fact]
    public void A_picture_in_the_text_stays_in_it()
    {
        string file = TestData.Path("pst/attachAndInline.pst");
        using EngineSession session = StagedModule.Import();

        session.InvokeClean($"Export-PstItem '{file}' -Destination '{_folder}' -Format Html");
        session.InvokeClean($"Export-PstItem '{file}' -Destination '{_folder}' -Format Eml");

        Assert.Contains("<img src=\"data:image/png;base64,", File.ReadAllText(Directory.GetFiles(_folder, "*.html", SearchOption.AllDirectories).Single(f => Path.GetFileName(f) != "index.html")), StringComparison.Ordinal);
        string mail = File.ReadAllText(Directory.GetFiles(_folder, "*.eml", SearchOption.AllDirectories).Single());
        Assert.Contains("Content-Type: multipart/related", mail, StringComparison.Ordinal);
        Assert.Contains("Content-Id: <image001.png@", mail, StringComparison.OrdinalIgnoreCase);
    }

    private static object? Value(PSObject item, string name) => item.Properties[name].Value is PSObject value ? value.BaseObject : item.Properties[name].Value;
}
