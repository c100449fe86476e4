using System.Management.Automation.Language;
using System.Xml.Linq;

namespace PstMigration.Module.Tests.Examples;

/// <summary>The commands of the examples as the staged help prints them.</summary>
internal static class HelpExamples
{
    /// <summary>The commands of each cmdlet's page, in order; several statements of one example one by one.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Commands(string language) => Pages(language).ToDictionary(
        p => p.Name, p => (IReadOnlyList<string>)[.. p.Examples.SelectMany(Statements)], StringComparer.Ordinal);

    /// <summary>The examples of each cmdlet's page as they are printed.</summary>
    public static IEnumerable<(string Name, string[] Examples)> Pages(string language) =>
        from command in XElement.Load(Path.Combine(StagedModule.Root, language, "PstMigration.dll-Help.xml")).Elements()
        let name = Named(Named(command, "details").Single(), "name").Single().Value
        select (name, Named(command, "examples").SelectMany(e => Named(e, "example")).SelectMany(e => Named(e, "code")).Select(c => c.Value).ToArray());

    private static IEnumerable<string> Statements(string example)
    {
        ScriptBlockAst script = Parser.ParseInput(example, out _, out ParseError[] errors);
        return errors.Length == 0 ? script.EndBlock.Statements.Select(s => s.Extent.Text) : throw new InvalidOperationException(example + ": " + errors[0].Message);
    }

    private static IEnumerable<XElement> Named(XElement element, string name) => element.Elements().Where(e => e.Name.LocalName == name);
}
