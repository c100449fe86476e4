using System.Management.Automation;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace PstMigration.Help;

/// <summary>Makes the MAML of a language from what the cmdlets are and what is written about them.</summary>
internal static class MamlWriter
{
    private static readonly XNamespace s_help = "http://msh";
    private static readonly XNamespace s_maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace s_command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace s_dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>The whole file.</summary>
    public static string Write(IEnumerable<CmdletInfo> cmdlets, Func<string, HelpSource> source)
    {
        XElement root = new(
            s_help + "helpItems",
            new XAttribute("schema", "maml"),
            new XComment(" Made from src/PstMigration/Help and the cmdlets' metadata; see docs/architecture.md. "),
            cmdlets.Select(c => Command(c, source(c.Name))));
        StringBuilder text = new();
        XmlWriterSettings settings = new() { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true };
        using (XmlWriter writer = XmlWriter.Create(text, settings))
        {
            root.WriteTo(writer);
        }

        return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + text + "\n";
    }

    /// <summary>The parameters help speaks of: all but those every cmdlet has from the engine.</summary>
    public static IEnumerable<string> ParameterNames(CmdletInfo cmdlet) =>
        cmdlet.Parameters.Keys.Where(IsOwn).Order(StringComparer.Ordinal);

    private static bool IsOwn(string parameter) => !Cmdlet.CommonParameters.Contains(parameter, StringComparer.OrdinalIgnoreCase);

    private static XElement Command(CmdletInfo cmdlet, HelpSource source) => new(
        s_command + "command",
        new XAttribute(XNamespace.Xmlns + "maml", s_maml),
        new XAttribute(XNamespace.Xmlns + "command", s_command),
        new XAttribute(XNamespace.Xmlns + "dev", s_dev),
        new XElement(
            s_command + "details",
            new XElement(s_command + "name", cmdlet.Name),
            new XElement(s_command + "verb", cmdlet.Verb),
            new XElement(s_command + "noun", cmdlet.Noun),
            Description([source.Synopsis])),
        Description(source.Description),
        new XElement(
            s_command + "syntax",
            cmdlet.ParameterSets.Select(set => new XElement(
                s_command + "syntaxItem",
                new XElement(s_maml + "name", cmdlet.Name),
                set.Parameters.Where(p => IsOwn(p.Name)).OrderBy(Order).ThenBy(p => p.Name, StringComparer.Ordinal)
                    .Select(p => Parameter(p, source.Parameter(p.Name), isSyntax: true))))),
        new XElement(
            s_command + "parameters",
            ParameterNames(cmdlet).Select(name => cmdlet.ParameterSets.SelectMany(s => s.Parameters).First(p => p.Name == name))
                .Select(p => Parameter(p, source.Parameter(p.Name), isSyntax: false))),
        new XElement(
            s_command + "inputTypes",
            cmdlet.ParameterSets.SelectMany(s => s.Parameters).Where(p => p.ValueFromPipeline).Select(p => p.ParameterType).Distinct()
                .Select(t => new XElement(s_command + "inputType", Type(t.FullName!)))),
        new XElement(
            s_command + "returnValues",
            cmdlet.OutputType.Select(t => new XElement(s_command + "returnValue", Type(t.Name), Description(source.Output)))),
        new XElement(
            s_command + "examples",
            source.Examples.Select(e => new XElement(
                s_command + "example",
                new XElement(s_maml + "title", e.Title),
                new XElement(s_dev + "code", e.Code),
                new XElement(s_dev + "remarks", Paragraphs(e.Remarks))))));

    private static XElement Parameter(CommandParameterInfo parameter, IReadOnlyList<string> text, bool isSyntax)
    {
        Type type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        Type element = type.IsArray ? type.GetElementType()! : type;
        bool isSwitch = type == typeof(SwitchParameter);
        return new XElement(
            s_command + "parameter",
            new XAttribute("required", Word(parameter.IsMandatory)),
            new XAttribute("variableLength", Word(type.IsArray)),
            new XAttribute("globbing", Word(parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any())),
            new XAttribute("pipelineInput", Pipeline(parameter)),
            new XAttribute("position", parameter.Position < 0 ? "named" : parameter.Position.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
            new XElement(s_maml + "name", parameter.Name),
            Description(text),
            isSyntax && element.IsEnum
                ? new XElement(s_command + "parameterValueGroup", Enum.GetNames(element).Select(n => new XElement(s_command + "parameterValue", new XAttribute("required", "false"), n)))
                : null,
            isSyntax && isSwitch ? null : new XElement(
                s_command + "parameterValue",
                new XAttribute("required", Word(!isSwitch)),
                new XAttribute("variableLength", Word(type.IsArray)),
                type.Name),
            isSyntax ? null : Type(type.FullName!));
    }

    // In the order a command is typed: by position, then what must be given, then the rest.
    private static int Order(CommandParameterInfo parameter) => parameter.Position >= 0 ? parameter.Position : parameter.IsMandatory ? 1000 : 2000;

    private static string Pipeline(CommandParameterInfo parameter) => (parameter.ValueFromPipeline, parameter.ValueFromPipelineByPropertyName) switch
    {
        (true, true) => "True (ByValue, ByPropertyName)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };

    private static string Word(bool value) => value ? "true" : "false";

    private static XElement Type(string name) => new(s_dev + "type", new XElement(s_maml + "name", name));

    private static XElement Description(IEnumerable<string> paragraphs) => new(s_maml + "description", Paragraphs(paragraphs));

    private static IEnumerable<XElement> Paragraphs(IEnumerable<string> paragraphs) => paragraphs.Select(p => new XElement(s_maml + "para", p));
}
