using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Reflection.Emit;
using System.Text.RegularExpressions;

namespace PstMigration.Module.Tests;

/// <summary>
/// Finds the error ids in the code itself: the identifier-like strings in methods that make or return a MailDataException, an
/// ErrorRecord or a WriteResult, whose reason becomes the id of an item's error, or that are named Id. Messages come from resources, so that such methods hold no other strings of that kind.
/// </summary>
internal static class ErrorIds
{
    /// <summary>Two words or more, each with a capital.</summary>
    public const string Pattern = "^[A-Z][a-z0-9]+([A-Z][a-z0-9]*)+$";

    private const BindingFlags All = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> s_codes = typeof(OpCodes).GetFields().Select(f => (OpCode)f.GetValue(null)!).ToDictionary(c => c.Value);

    /// <summary>The ids of every room of the module.</summary>
    public static HashSet<string> InStagedModule()
    {
        HashSet<string> ids = [];
        foreach (string file in Directory.EnumerateFiles(StagedModule.Bin("net8.0"), "PstMigration*.dll").Where(f => !f.EndsWith(".Loader.V0.dll", StringComparison.Ordinal)))
        {
            foreach (Type type in StagedAssemblies.Load(file).GetTypes().Where(t => t.Name != "WriteResult"))
            {
                foreach (MethodBase method in type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)))
                {
                    Collect(method, ids);
                }
            }
        }

        return ids;
    }

    private static void Collect(MethodBase method, HashSet<string> ids)
    {
        byte[]? code = method.GetMethodBody()?.GetILAsByteArray();
        if (code is null)
        {
            return;
        }

        bool isErrorCode = method is MethodInfo { ReturnType: Type returned } && IsError(returned);
        isErrorCode |= method.IsConstructor && IsError(method.DeclaringType!);
        isErrorCode |= method.Name == "Id" && method.DeclaringType!.Name == "ErrorRecords";
        List<string> strings = [];
        for (int i = 0; i < code.Length;)
        {
            short value = code[i++];
            if (value == 0xFE)
            {
                value = (short)(0xFE00 | code[i++]);
            }

            OpCode op = s_codes[value];
            if (op == OpCodes.Ldstr)
            {
                strings.Add(method.Module.ResolveString(BitConverter.ToInt32(code, i)));
            }
            else if ((op == OpCodes.Newobj || op == OpCodes.Call) && method.Module.ResolveMethod(BitConverter.ToInt32(code, i), Arguments(method.DeclaringType), MethodArguments(method)) is { DeclaringType: Type made } called)
            {
                if (made.FullName == "PstMigration.Mapi.ItemLoss" && strings.Count > 0)
                {
                    // What was lost is named beside the reason, often in the same method.
                    strings.RemoveAt(strings.Count - 1);
                }

                isErrorCode |= (called.IsConstructor && IsError(made)) || made.FullName == "PstMigration.Mapi.WriteResult";
            }

            i += op.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, i)),
                _ => 4,
            };
        }

        if (isErrorCode)
        {
            ids.UnionWith(strings.Where(s => Regex.IsMatch(s, Pattern)));
        }
    }

    private static Type[]? Arguments(Type? type) => type is { IsGenericType: true } ? type.GetGenericArguments() : null;

    private static Type[]? MethodArguments(MethodBase method) => method is MethodInfo { IsGenericMethod: true } generic ? generic.GetGenericArguments() : null;

    private static bool IsError(Type type)
    {
        for (Type? t = type; t is not null; t = t.BaseType)
        {
            if (t.FullName is "PstMigration.Mapi.MailDataException" or "PstMigration.Mapi.WriteResult" or "System.Management.Automation.ErrorRecord")
            {
                return true;
            }
        }

        return false;
    }
}
