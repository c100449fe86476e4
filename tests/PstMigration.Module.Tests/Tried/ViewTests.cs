using System.Reflection;
using System.Runtime.Loader;
using System.Xml.Linq;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests.Tried;

/// <summary>B5: what a view calls something is what the object calls it.</summary>
public sealed class ViewTests : TriedTest
{
    public static TheoryData<string> Views
    {
        get
        {
            TheoryData<string> data = [];
            foreach (XElement view in All().Where(v => v.Descendants("TableColumnHeader").Any()))
            {
                data.Add(view.Element("Name")!.Value);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Views))]
    public void B5_Every_heading_of_a_table_is_a_property(string name)
    {
        XElement view = All().Single(v => v.Element("Name")!.Value == name && v.Descendants("TableColumnHeader").Any());
        string type = view.Element("ViewSelectedBy")!.Elements("TypeName").First().Value;
        string[] items = [.. view.Descendants("TableColumnItem").Select(i => i.Element("PropertyName")?.Value ?? "")];
        string[] headings = [.. view.Descendants("TableColumnHeader").Select((h, i) => h.Element("Label")?.Value ?? items[i])];

        // The members of the class, and those that Types.ps1xml adds to it.
        string class_ = type.Split('#')[0];
        string[] known =
        [
            .. Find(class_).GetProperties().Select(p => p.Name),
            .. XElement.Load(Path.Combine(StagedModule.Root, "PstMigration.Types.ps1xml")).Elements("Type")
                .Where(t => t.Element("Name")!.Value == type || t.Element("Name")!.Value == class_).Descendants("Name").Select(n => n.Value),
        ];

        Assert.All(headings, h => Assert.Contains(h, known));
    }

    [Fact]
    public void A_list_shows_the_properties_that_were_asked_for_and_the_offset_of_times()
    {
        string file = Outlook("list.pst");
        string shown = Session.Show($"@(Get-PstItem '{file}' -Folder Inbox -Property Body, PR_SUBJECT, PR_CREATION_TIME | Where-Object {{ $_.Body }})[0] | Format-List");

        Assert.Equal("", Session.ShownErrors);
        Assert.Matches(@"(?m)^Property\s+: Body: ", shown);
        Assert.Contains("PR_SUBJECT: ", shown, StringComparison.Ordinal);
        Assert.Matches(@"PR_CREATION_TIME: \d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d\d:\d\d", shown);
        Assert.Matches(@"(?m)^ReceivedTime\s+: \d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d\d:\d\d", shown);
        Assert.DoesNotContain("PSPath", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("Property", Session.Show($"@(Get-PstItem '{file}' -Folder Inbox)[0] | Format-List"), StringComparison.Ordinal);
        Assert.Matches(@"(?m)^LastWriteTime\s+: \d{4}-.* [+-]\d\d:\d\d", Session.Show($"Get-PstFile '{file}' | Format-List"));
    }

    // The module's rooms are in a load context of their own.
    private Type Find(string name)
    {
        Assembly module = ((Type)Session.InvokeClean("[PstMigration.SafeText]").Single().BaseObject).Assembly;
        string room = string.Join('.', name.Split('.').Take(name.StartsWith("PstMigration.Accounts.", StringComparison.Ordinal) || name.StartsWith("PstMigration.Mailboxes.", StringComparison.Ordinal) ? 2 : 1));
        Assembly assembly = room == "PstMigration" ? module : AssemblyLoadContext.GetLoadContext(module)!.LoadFromAssemblyName(new AssemblyName(room));
        return assembly.GetType(name, throwOnError: true)!;
    }

    private static IEnumerable<XElement> All() => new[] { "PstMigration.Format.ps1xml", "PstMigration.Kinds.Format.ps1xml" }
        .SelectMany(f => XElement.Load(Path.Combine(StagedModule.Root, f)).Descendants("View"));
}
