// Stand-ins for the names of NUnit and Unity's test runner that the package's tests use. See UnityEngine.cs.
using System;

namespace NUnit.Framework
{
    public sealed class SetUpAttribute : Attribute
    {
    }

    public sealed class TearDownAttribute : Attribute
    {
    }

    public sealed class TestAttribute : Attribute
    {
    }

    public static class Assert
    {
        public static void AreEqual(object expected, object actual)
        {
            if (!Equals(expected, actual))
                throw new Exception($"{actual}, not {expected}");
        }

        public static T Throws<T>(Action code) where T : Exception
        {
            try
            {
                code();
            }
            catch (T error)
            {
                return error;
            }
            throw new Exception("nothing was thrown");
        }
    }
}

namespace UnityEngine.TestTools
{
    public sealed class UnityTestAttribute : Attribute
    {
    }
}
